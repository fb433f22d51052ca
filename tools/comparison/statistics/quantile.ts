/** Summary statistics, in the unit of the measurements. */
export interface Spread {
  readonly n: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

/**
 * The value below which a share `p` (0–1) of the measurements lies, interpolated between neighbours (type 7 of
 * Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996: what R and NumPy do by default).
 * @throws RangeError without measurements, for a value that is not finite, or for `p` outside 0–1
 */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError('there are no values for a quantile');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile must be from 0 to 1, not ${p}`);
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`${wrong} is not a measurement`);
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Computes the summary statistics. @throws RangeError without measurements */
export function spreadOf(values: readonly number[]): Spread {
  const [min, q1, middle, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(values, p));
  return { n: values.length, min, q1, median: middle, q3, max } as Spread;
}

/**
 * The ratio `over / under` of each round. Two measurements of one round are seconds apart, so a slow machine slows down both
 * and the ratio stays the same.
 * @throws RangeError if the lists have different lengths
 */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return pairs(over, under).map(([a, b]) => a / b);
}

/** The difference of each round. @throws RangeError as {@link ratios} */
export function differences(over: readonly number[], under: readonly number[]): number[] {
  return pairs(over, under).map(([a, b]) => a - b);
}

/** The sum of each round. @throws RangeError as {@link ratios} */
export function sums(first: readonly number[], second: readonly number[]): number[] {
  return pairs(first, second).map(([a, b]) => a + b);
}

function pairs(first: readonly number[], second: readonly number[]): [number, number][] {
  if (first.length !== second.length) {
    throw new RangeError(`${first.length} rounds against ${second.length}`);
  }
  return first.map((value, round) => [value, second[round] ?? Number.NaN]);
}
