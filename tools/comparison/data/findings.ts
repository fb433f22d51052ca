import type { Fact, Figure, Findings, Missing, PartId, Series, Spread } from './figure.ts';

/** A figure with fewer samples is indicative. */
export const MIN_SAMPLES = 30;

/** The input for a figure. */
export interface NewFigure {
  /** The key below part and target: `place-order/warm/p95`. */
  readonly what: string;
  readonly target?: string;
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  /** Absent for a counted value. */
  readonly sampled?: { readonly n: number; readonly spread: Spread };
  readonly origin: string;
  readonly better?: 'lower' | 'higher';
}

/** Collects the findings of one part. Builds ids and sets the indicative mark in one place. */
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

  /** Adds a figure. @returns its id */
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
      indicative: sampled !== undefined && sampled.n < MIN_SAMPLES,
      ...(better ? { better } : {}),
    });
    return id;
  }

  /** Adds a series of points to draw. */
  draw(series: Omit<Series, 'part' | 'id'> & { readonly id: string }): void {
    const id = [this.part, series.target ?? 'all', series.id].join('/');
    this.series.push({ ...series, id, part: this.part });
  }

  /** Adds a fact. */
  fact(fact: Omit<Fact, 'part'>): void {
    this.facts.push({ ...fact, part: this.part });
  }

  /** Records something that was not measured, with the reason. */
  addMissing(missing: Omit<Missing, 'part'>): void {
    this.missing.push({ ...missing, part: this.part });
  }
}
