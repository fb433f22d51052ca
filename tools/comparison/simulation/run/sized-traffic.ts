import type { Random } from '../random/random.ts';
import { type Arrivals, arrivalsAt, arrivalsFrom } from '../traffic/arrival-stream.ts';
import { expectedRequests, type RateCurve } from '../traffic/rate-curve.ts';
import type { CsvTraffic } from '../traffic/read-csv.ts';

/** Traffic that is short enough to simulate. */
export interface SizedTraffic {
  readonly arrivals: (random: Random) => Arrivals;
  readonly durationMs: number;
  /** How many times shorter than asked for; 1 for all of it. */
  readonly shortened: number;
  /** Requests of the whole traffic. */
  readonly wholeRequests: number;
}

/**
 * Shortens traffic to a number of requests. The rates stay, and the time passes faster: a day with a billion requests becomes some
 * minutes in which the rate goes through the whole day. Queues and processors see the true rates; what takes minutes, such as
 * scaling and idle sandboxes, sees a day that changes faster. The error is what half of the time changes (see `simulateAll`).
 */
export function sized(
  traffic: CsvTraffic,
  { durationMs, cv, maxRequests }: { durationMs: number; cv: number; maxRequests: number },
): SizedTraffic {
  if ('timesMs' in traffic) {
    const { timesMs } = traffic;
    const kept = timesMs.slice(0, maxRequests);
    const isWhole = kept.length === timesMs.length;
    const end = isWhole ? durationMs : (kept.at(-1) ?? 0) + 1;
    return {
      arrivals: () => arrivalsFrom(kept),
      durationMs: end,
      shortened: durationMs / end,
      wholeRequests: timesMs.length,
    };
  }
  const wholeRequests = expectedRequests(traffic.curve);
  const shortened = Math.max(1, wholeRequests / maxRequests);
  const curve: RateCurve = traffic.curve.map(({ atMs, rate }) => ({
    atMs: atMs / shortened,
    rate,
  }));
  return {
    arrivals: (random) => arrivalsAt(curve, random, cv),
    durationMs: durationMs / shortened,
    shortened,
    wholeRequests,
  };
}
