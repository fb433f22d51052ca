import type { Figure, PartId } from '../../data/index.ts';
import type { FigureIndex } from '../figure-index.ts';
import { lookSame } from '../format-figure.ts';
import { type Doubt, type RowVerdict, ranked } from '../row-verdict.ts';
import { list, named, onTarget, type Sentence, say, sayUnknown, type Word } from './sentence.ts';

/** One comparison of the targets. Its texts contain no digits, because every number must be a figure. */
export interface Measure {
  /** The start of the sentence: `CPU time per journey`. */
  readonly subject: string;
  /** Joins the subject and the best target: `is lowest on`. */
  readonly lead: string;
  readonly part: PartId;
  readonly better: 'lower' | 'higher';
  /** The figure's key, or a function that selects a target's figure. */
  readonly what: string | ((index: FigureIndex, target: string) => Figure | undefined);
}

/** The result of a measure, with the winner if there is a clear one. */
export interface Outcome {
  readonly measure: Measure;
  readonly sentence: Sentence;
  /** The figure that is clearly better than all others. */
  readonly winner?: Figure;
}

const REASONS: Readonly<Record<Doubt, string>> = {
  'few-samples': 'too few samples',
  'noise-control': 'this is the noise control',
  unmeasured: 'this run has no noise control',
  busy: 'the machine was busy with other work',
  uneven: 'the noise of the machine differed between the targets',
};

/** Returns the figures to compare, in the order of the targets. */
function figuresFor({ what, part }: Measure, index: FigureIndex): Figure[] {
  if (typeof what === 'string') return index.perTarget(part, what);
  return index.targets.flatMap(({ name }) => what(index, name) ?? []);
}

function compared(measure: Measure, figures: readonly Figure[], verdict: RowVerdict): Sentence {
  const { subject, lead, better } = measure;
  const { leaders, winner, doubt } = verdict;
  const [first] = figures;
  if (first && lookSame(figures)) {
    return say`${subject} is the same on every target (${{ figure: first }}).`;
  }
  if (doubt) {
    const each = list(figures.map((figure) => onTarget(figure)));
    return say`${subject}: ${each}. No verdict: ${REASONS[doubt]}.`;
  }
  const rest = figures.filter((figure) => !leaders.includes(figure));
  const others = list(ranked(rest, better).map((figure) => named(figure)));
  if (winner) return say`${subject} ${lead} ${named(winner)}, followed by ${others}.`;
  const then: Word[] =
    rest.length > 0 ? [`; it is ${better === 'lower' ? 'higher' : 'lower'} on `, ...others] : [];
  const close = list(leaders.map((figure) => named(figure)));
  const counted = leaders.every(({ spread }) => spread.kind === 'exact');
  const tie = counted ? 'is nearly the same on' : 'shows no clear difference between';
  return say`${subject} ${tie} ${close}${then}.`;
}

/** Compares the targets. With fewer than two figures, the sentence says that there is nothing to compare. */
export function outcomeOf(measure: Measure, index: FigureIndex, partTitle: string): Outcome {
  const figures = figuresFor(measure, index);
  const [only] = figures;
  if (!only) {
    const sample = index.sample ? figuresFor(measure, index.sample) : [];
    return { measure, sentence: sayUnknown(measure.subject, partTitle, sample) };
  }
  if (figures.length === 1) {
    const sentence = say`${measure.subject}: ${onTarget(only)}; not measured on the other targets in this run.`;
    return { measure, sentence };
  }
  const verdict = index.judge(figures);
  const sentence = compared(measure, figures, verdict);
  return { measure, sentence, ...(verdict.winner ? { winner: verdict.winner } : {}) };
}
