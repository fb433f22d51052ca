/** An axis is logarithmic if its largest value exceeds the smallest by more than this factor. */
export const LOG_FROM_RATIO = 30;

export interface AxisRange {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
}

/** Chooses the range of an axis so that all values and their labels fit. */
export function axisRange(values: readonly number[]): AxisRange {
  const highest = Math.max(...values, 0);
  const positive = values.filter((value) => value > 0);
  const lowest = Math.min(...positive);
  const log =
    positive.length === values.length && values.length > 0 && highest / lowest > LOG_FROM_RATIO;
  if (!log) return { log, min: 0, max: highest * 1.12 || 1 };
  return { log, min: lowest / 1.5, max: highest * 1.6 };
}
