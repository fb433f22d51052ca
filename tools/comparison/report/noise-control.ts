import type { Figure, PartId } from '../data/index.ts';

/** Above this median latency of the noise control, other programs occupy the machine. */
export const MAX_NOISE_MS = 10;
/** Two targets' times are comparable if the noise beside them differs by at most this factor. */
export const MAX_NOISE_RATIO = 2;

const NOISE_KEY = /^[a-z-]+\/[^/]+\/noise\//;
const TAIL_KEY = /\/p9\d$/;

/** Whether a figure belongs to the noise control, which compares nothing. */
export const isNoiseControl = ({ id }: Pick<Figure, 'id'>) => NOISE_KEY.test(id);

/** The latency of the noise control beside one target, in milliseconds. */
export interface Noise {
  readonly p50: number;
  readonly p95: number;
}

/** Why times are not compared. */
export type NoiseDoubt = 'unmeasured' | 'busy' | 'uneven';

/**
 * Reads the noise beside a target, or beside all targets together; `undefined` if the run has no noise control.
 * @param part a part with a noise control of its own (default: latency)
 */
export function noiseBeside(
  figures: readonly Figure[],
  target = 'all',
  part: PartId = 'latency',
): Noise | undefined {
  const of = (name: string, quantile: string) =>
    figures.find(({ id }) => id === `${part}/${name}/noise/${quantile}`)?.value;
  const name = of(target, 'p50') === undefined ? 'all' : target;
  const p50 = of(name, 'p50');
  if (p50 !== undefined) return { p50, p95: of(name, 'p95') ?? p50 };
  return part === 'latency' ? undefined : noiseBeside(figures, target);
}

/** The larger ratio of two values, at least 1; infinite if one is zero or only one is negative. */
export function ratioOf(a: number, b: number): number {
  if (a === b) return 1;
  if (a * b <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(a / b, b / a);
}

/** The factor by which the noise beside two targets differs; the larger one of p50 and, for a tail, p95. */
function noiseRatio(figure: Figure, a: Noise, b: Noise): number {
  const middle = ratioOf(a.p50, b.p50);
  return TAIL_KEY.test(figure.id) ? Math.max(middle, ratioOf(a.p95, b.p95)) : middle;
}

/** Returns why two times cannot be compared; `undefined` if they can. */
export function noiseDoubt(
  figure: Figure,
  a: Noise | undefined,
  b: Noise | undefined,
): NoiseDoubt | undefined {
  if (!a || !b) return 'unmeasured';
  if (Math.max(a.p50, b.p50) > MAX_NOISE_MS) return 'busy';
  return noiseRatio(figure, a, b) > MAX_NOISE_RATIO ? 'uneven' : undefined;
}

const MS_PER: Readonly<Record<string, number>> = { µs: 0.001, ms: 1, s: 1000, min: 60_000 };

/**
 * Whether two times differ by more than the noise: by a larger factor than the noise beside them does, and by more than the
 * latency of the noise control itself.
 */
export function isBeyondNoise(a: Figure, b: Figure, noiseA: Noise, noiseB: Noise): boolean {
  if (ratioOf(a.value, b.value) <= noiseRatio(a, noiseA, noiseB)) return false;
  const quantile = TAIL_KEY.test(a.id) ? 'p95' : 'p50';
  const floorMs = Math.max(noiseA[quantile], noiseB[quantile]);
  const perUnit = MS_PER[a.unit];
  return perUnit === undefined || Math.abs(a.value - b.value) * perUnit > floorMs;
}
