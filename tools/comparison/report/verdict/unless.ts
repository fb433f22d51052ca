import type { Figure, PartId } from '../../data/index.ts';
import { type FigureIndex, isSameKind } from '../figure-index.ts';
import type { Word } from '../meaning/index.ts';

/** A need that can outweigh the bill, as [part, key of the figure, the need in words]. */
const NEEDS: readonly (readonly [PartId, string, string])[] = [
  ['bursts', 'cold-first-request/p50', 'the first request after a quiet period must be fast'],
  ['bursts', 'burst-50/p95', 'sudden bursts must be answered fast'],
  ['latency', 'order-confirmed/warm/p50', 'every order must be confirmed fast'],
  ['latency', 'picture/warm/p50', 'most requests are for pictures'],
];
/** A verdict with more exceptions is not a verdict. */
const MAX_NEEDS = 3;
/** A smaller disadvantage is no reason to pay more. */
const MIN_DISADVANTAGE = 2;

/** A need for which a target is clearly worse than the best one. */
export interface Exception {
  readonly words: readonly Word[];
  readonly times: number;
}

/** Judges a need by the run, or by the sample if the run has no reliable figures. */
function judged(index: FigureIndex, part: PartId, what: string) {
  for (const from of [index, index.sample]) {
    if (!from) continue;
    const figures = from.perTarget(part, what);
    const { leaders, doubt } = from.judge(figures);
    if (figures.length > 1 && !doubt) return { figures, leaders, source: from.source };
  }
  return undefined;
}

function timesWorse({ value, better }: Figure, best: Figure): number {
  return better === 'lower' ? value / best.value : best.value / value;
}

/** The needs for which `target` is at least twice as bad as the best target, worst first, at most three. */
export function exceptionsTo(target: string, index: FigureIndex): Exception[] {
  const run = index.targets.find(({ name }) => name === target);
  return NEEDS.flatMap(([part, what, need]): Exception[] => {
    const found = judged(index, part, what);
    const name =
      found?.source === 'sample' && index.source !== 'sample'
        ? index.sample?.targets.find((one) => run && isSameKind(one, run))?.name
        : target;
    const own = found?.figures.find((figure) => figure.target === name);
    const best = found?.leaders[0];
    if (!found || !own || !best || found.leaders.includes(own)) return [];
    const { source } = found;
    const words: Word[] = [
      `${need} (`,
      { figure: own, source },
      ' against ',
      { figure: best, source },
      ' on ',
      { target: best.target ?? 'all' },
      source === index.source ? ')' : ' in the sample report)',
    ];
    return [{ words, times: timesWorse(own, best) }];
  })
    .filter(({ times }) => times >= MIN_DISADVANTAGE)
    .sort((a, b) => b.times - a.times)
    .slice(0, MAX_NEEDS);
}
