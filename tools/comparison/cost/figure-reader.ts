import type { Figure } from '../data/index.ts';
import type { Assumed, AssumptionId } from './assumptions.ts';

/** The end of the spread at which figures are read; `low` gives the smallest bill. */
export type End = 'low' | 'value' | 'high';

/** Looks up figures and records which were used and which were missing. */
export class FigureReader {
  end: End = 'value';
  readonly used = new Map<string, Figure>();
  readonly missing = new Map<string, string>();
  readonly standIns = new Set<AssumptionId>();
  readonly derived = new Set<string>();
  readonly #figures: ReadonlyMap<string, Figure>;
  readonly #target: string;
  readonly #explicit: ReadonlySet<string>;

  /** @param explicit assumptions that the user states, which replace measured figures */
  constructor(
    figures: readonly Figure[],
    target: string,
    explicit: ReadonlySet<string> = new Set(),
  ) {
    this.#figures = new Map(figures.map((figure) => [figure.id, figure]));
    this.#target = target;
    this.#explicit = explicit;
  }

  get(what: string): number | undefined {
    return this.figure('work', what);
  }

  need(what: string, direction?: 'opposite'): number | undefined {
    const value = this.figure('work', what, direction);
    if (value === undefined) {
      this.missing.set(
        what,
        'the bill needs it, but the part “Work per request” did not measure it',
      );
    }
    return value;
  }

  share(part: string, what: string): number | undefined {
    const value = this.figure(part, what);
    const unit = this.#figures.get(`${part}/${this.#target}/${what}`)?.unit;
    return value === undefined ? undefined : unit === '%' ? value / 100 : value;
  }

  /**
   * A measured value, unless the user states the assumption explicitly. Without a measurement, the assumption stands in.
   * @param measured reads the figure; `times` turns the assumption into the same unit
   */
  orAssumed(
    id: AssumptionId,
    assumed: Assumed,
    measured: () => number | undefined,
    times = 1,
  ): number {
    if (this.#explicit.has(id)) return assumed[id] * times;
    const found = measured();
    if (found !== undefined) return found;
    this.standIns.add(id);
    return assumed[id] * times;
  }

  /** Function names differ between figures: `catalog-http`, `catalog.Http`, `triptych-serverless-catalog-Http`. */
  ofFunction(part: string, what: string, name: string): number | undefined {
    const prefix = `${part}/${this.#target}/${what}/`;
    const words = name.split('-');
    const id = [...this.#figures.keys()].find(
      (key) =>
        key.startsWith(prefix) &&
        words.every((word) => key.slice(prefix.length).toLowerCase().includes(word)),
    );
    return id === undefined ? undefined : this.figure(part, id.split('/').slice(2).join('/'));
  }

  /** The largest of the target's figures whose key starts with `what/`. */
  largest(part: string, what: string): number | undefined {
    const prefix = `${part}/${this.#target}/${what}/`;
    const found = [...this.#figures.values()].filter(({ id }) => id.startsWith(prefix));
    const [most] = found.toSorted((a, b) => b.value - a.value);
    return most && this.figure(part, most.id.split('/').slice(2).join('/'));
  }

  figure(part: string, what: string, direction?: 'opposite'): number | undefined {
    const figure = this.#figures.get(`${part}/${this.#target}/${what}`);
    if (!figure) return undefined;
    this.used.set(figure.id, figure);
    if (this.end === 'value') return figure.value;
    const low = (this.end === 'low') !== (direction === 'opposite');
    return Math.max(0, low ? figure.spread.low : figure.spread.high);
  }
}
