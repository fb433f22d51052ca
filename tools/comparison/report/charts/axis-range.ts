/** Values that span more than this are drawn on a logarithmic axis. */
export const logFrom = 30;

export interface AxisRange {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
}

/** Where an axis begins and ends so that all values, and labels beside them, find their place. */
export function axisRange(values: readonly number[]): AxisRange {
  const highest = Math.max(...values, 0);
  const positive = values.filter((value) => value > 0);
  const lowest = Math.min(...positive);
  const log = positive.length === values.length && values.length > 0 && highest / lowest > logFrom;
  if (!log) return { log, min: 0, max: highest * 1.12 || 1 };
  return { log, min: lowest / 1.5, max: highest * 1.6 };
}
