import type { Figure } from '../../data/index.ts';
import type { FigureIndex } from '../figure-index.ts';
import { inWords, list, named, type Sentence, say, type Word } from '../meaning/index.ts';
import { ranked } from '../row-verdict.ts';
import { sampleLabel } from '../sample-label.ts';
import { type Cheapest, cheapestOf } from './cheapest.ts';
import { exceptionsTo } from './unless.ts';

/** The answer to "which one should we choose?" in a few sentences. Every number is a figure. */
export interface Verdict {
  readonly sentences: readonly Sentence[];
  /** Set if the run has too few figures and the verdict is the sample's. */
  readonly sample?: Sentence;
}

/** `Under about 40 M requests a month: serverless, unless …`, and the bills. */
function recommendation(cheapest: Cheapest, index: FigureIndex): Sentence[] {
  const { target, until, bills, requests } = cheapest;
  const { source } = index;
  const range: Word[] = until
    ? ['Under about ', { figure: until, source, rounded: true }, ': ']
    : ['At any traffic: '];
  const unless = exceptionsTo(target, index).map(({ words }) => words);
  const exception: Word[] = unless.length > 0 ? [', unless ', ...list(unless, 'or')] : [];
  const [lowest, ...others] = bills.map((bill) => named(bill, source));
  const each: Word[] = [...(lowest ?? []), ', followed by ', ...list(others)];
  return [
    say`${range}${{ target }}${exception}.`,
    say`The bill for ${inWords(requests)} requests a month is lowest on ${each}.`,
  ];
}

/** What to choose at more traffic than the cheapest target is good for. */
function beyond({ until, atMost, target }: Cheapest, index: FigureIndex): Sentence[] {
  if (!until) return [];
  const { source } = index;
  const [first] = atMost.leaders;
  if (!first) return [];
  const bills = list(atMost.leaders.map((bill) => named(bill, source)));
  if (atMost.leaders.length === 1 && first.target !== target) {
    return [
      say`Above that: ${{ target: first.target ?? 'all' }}. It is cheapest for ${inWords(atMost.requests)} requests a month (${{ figure: first, source }}).`,
    ];
  }
  return [
    say`Above that, the bill does not decide: for ${inWords(atMost.requests)} requests a month there is no clear difference between ${bills}.${faster(index)}`,
  ];
}

/** The targets that confirm an order fastest, if that is clear. */
function faster(index: FigureIndex): Word[] {
  const figures = index.perTarget('latency', 'order-confirmed/warm/p50');
  const { leaders, doubt } = index.judge(figures);
  if (doubt || leaders.length === figures.length) return [];
  const { source } = index;
  const rest = figures.filter((figure) => !leaders.includes(figure));
  const each = (some: readonly Figure[]) =>
    list(ranked(some, 'lower').map((figure) => named(figure, source)));
  return [
    ' Orders are confirmed fastest on ',
    ...each(leaders),
    '; slower on ',
    ...each(rest),
    '.',
  ];
}

/** Says whether all targets pass the same checks. */
function behaviour(index: FigureIndex): Sentence[] {
  const failed = index.perTarget('behaviour', 'failed');
  const [passed] = index.perTarget('behaviour', 'passed');
  if (failed.length < 2 || failed.length < index.targets.length || !passed) return [];
  const { source } = index;
  const wrong = failed.filter(({ value }) => value > 0);
  if (wrong.length > 0) {
    return [
      say`They do not behave the same: checks failed on ${list(wrong.map((figure) => named(figure, source)))}.`,
    ];
  }
  return [
    say`They behave the same: all ${{ figure: passed, source }} checks pass on every target.`,
  ];
}

/** Derives the verdict from the run's figures, or from the sample's if the run has no comparable bills. */
export function verdictOf(index: FigureIndex): Verdict {
  const cheapest = cheapestOf(index);
  if (cheapest) {
    return {
      sentences: [
        ...recommendation(cheapest, index),
        ...beyond(cheapest, index),
        ...behaviour(index),
      ],
    };
  }
  const { sample } = index;
  if (sample) {
    const label = { name: sampleLabel(sample.data) };
    return {
      sentences: verdictOf(sample).sentences,
      sample: say`This run has no bills that can be compared. This is the verdict of the sample report, measured on ${label}:`,
    };
  }
  return { sentences: [NO_VERDICT] };
}

const NO_VERDICT: Sentence = {
  ...say`This run has no bills that can be compared, so there is no verdict. A whole run needs the parts latency, idle, work and cost.`,
  unknown: true,
};
