import type { Figure, PartId } from '../../data/index.ts';
import type { FigureIndex } from '../figure-index.ts';
import { leaders, ranked } from '../overlap.ts';
import { list, type Sentence, say, sayUnknown, type Word } from './sentence.ts';

/** Something that targets are set side by side in. Its words hold no digits: numbers are figures. */
export interface Measure {
  /** Begins the sentence: `A warm order, from click to confirmed`. */
  readonly subject: string;
  /** What the best does: `is lowest on`. */
  readonly lead: string;
  readonly part: PartId;
  readonly better: 'lower' | 'higher';
  /** What the figure is of, or how to choose one for a target. */
  readonly what: string | ((index: FigureIndex, target: string) => Figure | undefined);
}

/** What a measure showed: who leads, if the run can tell. */
export interface Outcome {
  readonly measure: Measure;
  readonly sentence: Sentence;
  /** The one that is better than all others beyond their intervals. */
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
  const verdict = equal ? 'is the same on' : 'cannot be told apart on';
  return say`${subject} ${verdict} ${list(first.map(named))}${then}.`;
}

/** Sets the targets side by side; with fewer than two figures there is nothing to compare, and the sentence says so. */
export function outcomeOf(measure: Measure, index: FigureIndex, partTitle: string): Outcome {
  const figures = figuresFor(measure, index);
  const [only] = figures;
  if (!only) return { measure, sentence: sayUnknown(measure.subject, partTitle) };
  if (figures.length === 1) {
    const sentence = say`${measure.subject}: ${on(only)}; of the others it is not known in this run.`;
    return { measure, sentence };
  }
  const [best, second] = leaders(figures, measure.better);
  const sentence = compared(measure, figures);
  return { measure, sentence, ...(best && !second ? { winner: best } : {}) };
}
