import type { Figure } from '../../data/index.ts';
import { type FigureIndex, figureKey } from '../figure-index.ts';
import { ranked } from '../row-verdict.ts';

/** The bills of all targets for one number of requests a month. */
interface Month {
  readonly requests: number;
  readonly bills: readonly Figure[];
  /** The clearly cheapest bill. */
  readonly winner?: Figure;
  /** The cheapest bills that do not clearly differ. */
  readonly leaders: readonly Figure[];
}

/** Which target is cheapest at little traffic, up to where, and which ones are cheapest at the most traffic. */
export interface Cheapest {
  readonly target: string;
  /** The bills of the last computed month in which the target is clearly cheapest, cheapest first. */
  readonly bills: readonly Figure[];
  readonly requests: number;
  /** The traffic at which the target stops being cheapest; absent if it is cheapest at all computed traffic. */
  readonly until?: Figure;
  /** The cheapest bills at the most traffic, best first. More than one if they do not clearly differ. */
  readonly atMost: { readonly requests: number; readonly leaders: readonly Figure[] };
}

function monthsOf(index: FigureIndex): Month[] {
  const requests = index
    .ofPart('cost')
    .flatMap((figure) => /^month\/(\d+)$/.exec(figureKey(figure))?.[1] ?? []);
  return [...new Set(requests.map(Number))]
    .sort((a, b) => a - b)
    .flatMap((count) => {
      const bills = index.perTarget('cost', `month/${count}`);
      const { winner, leaders, doubt } = index.judge(bills);
      if (doubt || bills.length < 2) return [];
      return [{ requests: count, bills, leaders, ...(winner ? { winner } : {}) }];
    });
}

/** The break-even of two targets, which is a figure of one of them. */
function breakEven(index: FigureIndex, a: string, b: string): Figure | undefined {
  return index.find('cost', a, `break-even/${b}`) ?? index.find('cost', b, `break-even/${a}`);
}

/** @returns undefined if the bills of fewer than two targets are known, or none is clearly cheapest at little traffic */
export function cheapestOf(index: FigureIndex): Cheapest | undefined {
  const months = monthsOf(index);
  const target = months[0]?.winner?.target;
  const last = months.at(-1);
  if (target === undefined || !last) return undefined;
  const lost = months.findIndex(({ winner }) => winner?.target !== target);
  const won = lost < 0 ? last : months[lost - 1];
  if (!won) return undefined;
  const [until] = index.targets
    .flatMap(({ name }) => (name === target ? [] : (breakEven(index, target, name) ?? [])))
    .sort((a, b) => a.value - b.value);
  return {
    target,
    bills: ranked(won.bills, 'lower'),
    requests: won.requests,
    ...(until ? { until } : {}),
    atMost: last,
  };
}
