export { type Estimate, estimateOf, estimateQuantile } from './bootstrap.ts';
export { type CurvePoint, LatencyHistogram } from './latency-histogram.ts';
export { differences, median, quantile, ratios, type Spread, spreadOf, sums } from './quantile.ts';
export { interleave, orderOf, type Subject } from './rounds.ts';
export { seededRandom, shuffled } from './seeded-random.ts';
