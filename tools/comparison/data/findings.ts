import type { Fact, Figure, Findings, Missing, PartId, Series, Spread } from './figure.ts';

/** Fewer samples than this make a figure indicative. */
export const fewestSamples = 30;

/** What a caller says of a figure; the rest follows. */
export interface NewFigure {
  /** Below part and target: `place-order/warm/p95`. */
  readonly what: string;
  readonly target?: string;
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  /** Left out for what was counted. */
  readonly sampled?: { readonly n: number; readonly spread: Spread };
  readonly origin: string;
  readonly better?: 'lower' | 'higher';
}

/** Collects what one part finds; ids and marks are made here, so that they are made alike. */
export class PartFindings implements Findings {
  readonly figures: Figure[] = [];
  readonly series: Series[] = [];
  readonly facts: Fact[] = [];
  readonly missing: Missing[] = [];
  readonly part: PartId;
  readonly #now: () => Date;

  constructor(part: PartId, now: () => Date = () => new Date()) {
    this.part = part;
    this.#now = now;
  }

  /** @returns the figure's id */
  figure(given: NewFigure): string {
    const { what, target, title, value, unit, sampled, origin, better } = given;
    const id = [this.part, target ?? 'all', what].join('/');
    this.figures.push({
      id,
      part: this.part,
      ...(target === undefined ? {} : { target }),
      title,
      value,
      unit,
      n: sampled?.n ?? 1,
      spread: sampled?.spread ?? { kind: 'exact', low: value, high: value },
      origin,
      at: this.#now().toISOString(),
      indicative: sampled !== undefined && sampled.n < fewestSamples,
      ...(better ? { better } : {}),
    });
    return id;
  }

  draw(series: Omit<Series, 'part' | 'id'> & { readonly id: string }): void {
    const id = [this.part, series.target ?? 'all', series.id].join('/');
    this.series.push({ ...series, id, part: this.part });
  }

  fact(fact: Omit<Fact, 'part'>): void {
    this.facts.push({ ...fact, part: this.part });
  }

  addMissing(missing: Omit<Missing, 'part'>): void {
    this.missing.push({ ...missing, part: this.part });
  }
}
