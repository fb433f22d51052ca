import type { FigureIndex } from './figure-index.ts';
import type { Row } from './parts/index.ts';

/** The figures that most readers look for first, as [part, key, label]. */
const GLANCE_FIGURES = [
  ['behaviour', 'failed', 'Conformance checks failed'],
  ['latency', 'browse/warm/p50', 'Browse, warm, p50'],
  ['latency', 'place-order/warm/p95', 'Place an order, warm, p95'],
  ['latency', 'order-confirmed/warm/p50', 'Order confirmed, warm, p50'],
  ['bursts', 'cold-first-request/p50', 'First request after idle, p50'],
  ['cost', 'month/1000000', 'Monthly bill for 1 million requests'],
  ['cost', 'month/1000000000', 'Monthly bill for 1 billion requests'],
  ['idle', 'memory', 'Memory while idle'],
  ['work', 'cpu-per-journey', 'CPU time per journey'],
  ['complexity', 'resources', 'Resources'],
  ['complexity', 'things-to-operate', 'Things to operate'],
  ['deployment', 'change-one-service/seconds', 'Time to deploy a change to one service'],
] as const;

/** Returns the rows for which the run or the sample has figures. */
export function atAGlance(index: FigureIndex): Row[] {
  return GLANCE_FIGURES.map(([part, what, label]) => ({
    what,
    label,
    figures: index.perTarget(part, what),
    standIns: index.targets.flatMap((target) => {
      const figure = index.standIn(part, target, what);
      return figure ? [{ target: target.name, figure }] : [];
    }),
  })).filter(({ figures, standIns }) => figures.length + standIns.length > 0);
}
