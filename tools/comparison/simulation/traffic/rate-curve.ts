/** A point of a rate over time; between two points the rate is a straight line. */
export interface RatePoint {
  readonly atMs: number;
  /** Requests per second. */
  readonly rate: number;
}

/** A rate of requests over time: at least two points, in the order of their times, the first at 0. */
export type RateCurve = readonly RatePoint[];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The share of a day's requests in each hour, as a shop in one time zone sees them: quiet at night, a peak in the evening. Our
 * own curve, in the shape of published ones; its highest hour is 1.9 times the mean.
 */
const HOURS = [
  0.35, 0.22, 0.15, 0.12, 0.12, 0.2, 0.42, 0.7, 0.95, 1.15, 1.25, 1.3, 1.35, 1.25, 1.2, 1.2, 1.25,
  1.35, 1.55, 1.8, 1.9, 1.65, 1.15, 0.67,
];
/** Monday to Sunday, in parts of the mean. */
const DAYS = [0.95, 0.93, 0.95, 0.97, 1.02, 1.12, 1.06];

/** The same rate all the time. */
export function constant(rate: number, durationMs: number): RateCurve {
  return [
    { atMs: 0, rate },
    { atMs: durationMs, rate },
  ];
}

/** A straight line from one rate to another. */
export function ramp(rate: number, toRate: number, durationMs: number): RateCurve {
  return [
    { atMs: 0, rate },
    { atMs: durationMs, rate: toRate },
  ];
}

/** A rate that is `factor` times as high in the middle fifth, and rises and falls within a second. */
export function spike(rate: number, factor: number, durationMs: number): RateCurve {
  return plateau(rate, factor, {
    durationMs,
    fromMs: 0.4 * durationMs,
    toMs: 0.6 * durationMs,
    riseMs: 1_000,
  });
}

/** A sale that everyone waits for: the rate rises in ten seconds and falls slowly, over half of the duration. */
export function flashSale(rate: number, factor: number, durationMs: number): RateCurve {
  const start = 0.25 * durationMs;
  return [
    { atMs: 0, rate },
    { atMs: start, rate },
    { atMs: start + 10_000, rate: factor * rate },
    { atMs: start + 0.1 * durationMs, rate: factor * rate },
    { atMs: start + 0.5 * durationMs, rate },
    { atMs: durationMs, rate },
  ];
}

/** Days with quiet nights. @param mean the mean of a whole day */
export function day(mean: number, durationMs: number): RateCurve {
  return repeated(durationMs, (hour) => mean * hourOfDay(hour));
}

/** Weeks of such days, with a weekend that differs. @param mean the mean of a whole week */
export function week(mean: number, durationMs: number): RateCurve {
  return repeated(durationMs, (hour) => mean * hourOfDay(hour) * dayOfWeek(hour));
}

const HOURS_MEAN = HOURS.reduce((sum, share) => sum + share, 0) / HOURS.length;
const hourOfDay = (hour: number) => (HOURS[hour % 24] ?? 1) / HOURS_MEAN;
const dayOfWeek = (hour: number) => DAYS[Math.floor(hour / 24) % 7] ?? 1;

/** A point in the middle of each hour. */
function repeated(durationMs: number, rateOf: (hour: number) => number): RateCurve {
  const points: RatePoint[] = [{ atMs: 0, rate: rateOf(0) }];
  for (let hour = 0; (hour + 0.5) * HOUR_MS < durationMs; hour += 1) {
    points.push({ atMs: (hour + 0.5) * HOUR_MS, rate: rateOf(hour) });
  }
  points.push({
    atMs: durationMs,
    rate: rateOf(Math.floor((durationMs % (7 * DAY_MS)) / HOUR_MS)),
  });
  return points;
}

function plateau(
  rate: number,
  factor: number,
  {
    durationMs,
    fromMs,
    toMs,
    riseMs,
  }: { durationMs: number; fromMs: number; toMs: number; riseMs: number },
): RateCurve {
  return [
    { atMs: 0, rate },
    { atMs: fromMs, rate },
    { atMs: fromMs + riseMs, rate: factor * rate },
    { atMs: toMs, rate: factor * rate },
    { atMs: toMs + riseMs, rate },
    { atMs: durationMs, rate },
  ];
}

/** The number of requests that a curve expects. */
export function expectedRequests(curve: RateCurve): number {
  let sum = 0;
  for (let at = 1; at < curve.length; at += 1) {
    const [from, to] = [curve[at - 1], curve[at]];
    if (from && to) sum += ((from.rate + to.rate) / 2) * ((to.atMs - from.atMs) / 1_000);
  }
  return sum;
}

export const durationOf = (curve: RateCurve): number => curve.at(-1)?.atMs ?? 0;

/** The same curve with all rates multiplied. */
export function scaled(curve: RateCurve, factor: number): RateCurve {
  return curve.map(({ atMs, rate }) => ({ atMs, rate: rate * factor }));
}
