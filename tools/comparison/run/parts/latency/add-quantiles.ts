import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile, LatencyHistogram } from '../../../statistics/index.ts';

const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type Percentile = keyof typeof PERCENTILES;
/** The smallest sample with a meaningful p99. */
const MIN_SAMPLES_FOR_P99 = 100;

/** The latencies of one kind of request at one target. */
export interface Latencies {
  readonly target?: string;
  /** The start of the figure keys: `place-order/warm`. */
  readonly what: string;
  readonly title: string;
  readonly samplesMs: readonly number[];
  readonly origin: string;
  readonly seed: number;
  /** Default: all three. */
  readonly quantiles?: readonly Percentile[];
}

/**
 * Adds quantiles with bootstrap intervals, and the cumulative distribution as a curve.
 * @returns false if p99 was left out because there are too few samples
 */
export function addQuantiles(findings: PartFindings, latencies: Latencies): boolean {
  const { target, what, title, samplesMs, origin, seed } = latencies;
  const of = target === undefined ? {} : { target };
  if (samplesMs.length === 0) {
    findings.addMissing({
      ...of,
      what: title,
      why: 'no request was answered before the part ended',
    });
    return true;
  }
  let complete = true;
  for (const name of latencies.quantiles ?? (['p50', 'p95', 'p99'] as const)) {
    if (name === 'p99' && samplesMs.length < MIN_SAMPLES_FOR_P99) {
      complete = false;
      continue;
    }
    const { value, low, high, n } = estimateQuantile(samplesMs, PERCENTILES[name], { seed });
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

/** Records in one entry which p99 are left out. */
export function addMissingP99(
  findings: PartFindings,
  target: string,
  titles: readonly string[],
): void {
  if (titles.length === 0) return;
  const why = `with fewer than ${MIN_SAMPLES_FOR_P99} requests, p99 would only be the slowest one`;
  findings.addMissing({ target, what: `p99 of: ${titles.join('; ')}`, why });
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
