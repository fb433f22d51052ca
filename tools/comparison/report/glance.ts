import type { FigureIndex } from './figure-index.ts';
import type { Row } from './parts/index.ts';

/** What most readers look for first, one row from most parts. */
const wanted = [
  ['behaviour', 'failed', 'Conformance checks failed'],
  ['latency', 'browse/warm/p50', 'Browse, warm, p50'],
  ['latency', 'order-confirmed/warm/p50', 'Order confirmed, warm, p50'],
  ['latency', 'place-order/warm/p95', 'Order placed, warm, p95'],
  ['bursts', 'cold-first-request/p50', 'First request after idle, p50'],
  ['idle', 'memory', 'Memory while idle'],
  ['work', 'cpu-per-journey', 'CPU of a journey'],
  ['cost', 'month/1000000', 'A month with 1 M requests'],
  ['cost', 'month/1000000000', 'A month with 1 bn requests'],
  ['complexity', 'resources', 'Resources'],
  ['complexity', 'things-to-operate', 'Things to operate'],
  ['deployment', 'change-one-service/seconds', 'Change of one service live'],
] as const;

/** The rows for which the run has figures. */
export function atAGlance(index: FigureIndex): Row[] {
  return wanted
    .map(([part, what, label]) => ({ what, label, figures: index.perTarget(part, what) }))
    .filter(({ figures }) => figures.length > 0);
}
