import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile, LatencyHistogram } from '../../../statistics/index.ts';

const percentiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type Percentile = keyof typeof percentiles;
/** Fewer samples than this have no hundredth part. */
const fewestForP99 = 100;

/** Latencies of one thing at one target. */
export interface Latencies {
  readonly target?: string;
  /** Start of the ids: `place-order/warm`. */
  readonly what: string;
  readonly title: string;
  readonly samplesMs: readonly number[];
  readonly origin: string;
  readonly seed: number;
  /** All three unless told. */
  readonly quantiles?: readonly Percentile[];
}

/**
 * Adds quantiles with their bootstrap intervals, and the share answered by when as a curve.
 * @returns whether all quantiles are there; p99 is left out where there are too few samples
 */
export function addQuantiles(findings: PartFindings, latencies: Latencies): boolean {
  const { target, what, title, samplesMs, origin, seed } = latencies;
  const of = target === undefined ? {} : { target };
  if (samplesMs.length === 0) {
    findings.lack({ ...of, what: title, why: 'none was answered before the part ended' });
    return true;
  }
  let complete = true;
  for (const name of latencies.quantiles ?? (['p50', 'p95', 'p99'] as const)) {
    if (name === 'p99' && samplesMs.length < fewestForP99) {
      complete = false;
      continue;
    }
    const { value, low, high, n } = estimateQuantile(samplesMs, percentiles[name], { seed });
    findings.figure({
      ...of,
      what: `${what}/${name}`,
      title: `${title}, ${name}`,
      value,
      unit: 'ms',
      sampled: { n, spread: { kind: 'ci95', low, high } },
      origin,
      better: 'lower',
    });
  }
  draw(findings, latencies);
  return complete;
}

/** Says once which p99 are left out. */
export function lackP99(findings: PartFindings, target: string, titles: readonly string[]): void {
  if (titles.length === 0) return;
  const why = `of fewer than ${fewestForP99} requests p99 would be another word for the longest of them`;
  findings.lack({ target, what: `p99 of: ${titles.join('; ')}`, why });
}

function draw(findings: PartFindings, { target, what, title, samplesMs }: Latencies): void {
  const histogram = new LatencyHistogram();
  for (const ms of samplesMs) histogram.record(ms);
  findings.draw({
    ...(target === undefined ? {} : { target }),
    id: what,
    title,
    x: { title: 'answered within', unit: 'ms', log: true },
    y: { title: 'share of requests', unit: 'share', log: false },
    points: histogram.curve().map(({ share, ms }) => ({ x: ms, y: share })),
  });
}
