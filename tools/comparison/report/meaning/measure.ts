import type { Figure, PartId } from '../../data/index.ts';
import type { FigureIndex } from '../figure-index.ts';
import { leaders, ranked } from '../overlap.ts';
import { list, type Sentence, say, sayUnknown, type Word } from './sentence.ts';

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

const on = (figure: Figure): Word[] => [{ figure }, ' on ', { target: figure.target ?? 'all' }];
const named = (figure: Figure): Word[] => [
  { target: figure.target ?? 'all' },
  ' (',
  { figure },
  ')',
];

function figuresFor({ what, part }: Measure, index: FigureIndex): Figure[] {
  if (typeof what === 'string') return index.perTarget(part, what);
  return index.targets.flatMap(({ name }) => what(index, name) ?? []);
}

function compared(measure: Measure, figures: readonly Figure[]): Sentence {
  const { subject, lead, better } = measure;
  const [best, ...others] = ranked(figures, better);
  if (!best) throw new Error(`${subject}: nothing to compare`);
  const first = leaders(figures, better);
  const rest = others.filter((figure) => !first.includes(figure));
  const then = rest.length > 0 ? ['; ', ...list(rest.map(on))] : [];
  if (first.length === 1) {
    return say`${subject} ${lead} ${{ target: best.target ?? 'all' }} (${{ figure: best }})${then}.`;
  }
  const equal = first.every(({ value }) => value === best.value);
  const verdict = equal ? 'is the same on' : 'shows no clear difference between';
  return say`${subject} ${verdict} ${list(first.map(named))}${then}.`;
}

/** Compares the targets. With fewer than two figures, the sentence says that there is nothing to compare. */
export function outcomeOf(measure: Measure, index: FigureIndex, partTitle: string): Outcome {
  const figures = figuresFor(measure, index);
  const [only] = figures;
  if (!only) return { measure, sentence: sayUnknown(measure.subject, partTitle) };
  if (figures.length === 1) {
    const sentence = say`${measure.subject}: ${on(only)}; not measured on the other targets in this run.`;
    return { measure, sentence };
  }
  const [best, second] = leaders(figures, measure.better);
  const sentence = compared(measure, figures);
  return { measure, sentence, ...(best && !second ? { winner: best } : {}) };
}
