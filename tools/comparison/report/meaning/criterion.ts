import type { FigureIndex } from '../figure-index.ts';
import { type Measure, type Outcome, outcomeOf } from './measure.ts';
import { list, type Sentence, say, sayUnknown, type Word } from './sentence.ts';

/** One row of "What this means": what is compared, and what would turn the result. */
export interface Criterion {
  readonly title: string;
  readonly measures: (index: FigureIndex) => readonly Measure[];
  readonly changes: (index: FigureIndex) => readonly (Sentence | undefined)[];
}

/** A criterion, judged by a run. */
export interface Judged {
  readonly title: string;
  readonly sentences: readonly Sentence[];
  readonly wins: readonly Sentence[];
  readonly changes: readonly Sentence[];
}

/** In the middle of a sentence; names that are written large stay so. */
function lowered(subject: string): string {
  return /^[A-Z][a-z]|^A /.test(subject) ? subject[0]?.toLowerCase() + subject.slice(1) : subject;
}

/** Where each target is better than all others, beyond the intervals. */
function winsOf(outcomes: readonly Outcome[], index: FigureIndex): Sentence[] {
  return index.targets.flatMap(({ name }) => {
    const won = outcomes.filter(({ winner }) => winner?.target === name);
    if (won.length === 0) return [];
    const items = won.map(({ measure, winner }): Word[] => [
      `${lowered(measure.subject)} (`,
      ...(winner ? [{ figure: winner }] : []),
      ')',
    ]);
    return [say`${{ target: name }}: ${list(items)}.`];
  });
}

/** @param partTitles how each part is called in the report */
export function judge(
  { title, measures, changes }: Criterion,
  index: FigureIndex,
  partTitles: ReadonlyMap<string, string>,
): Judged {
  const outcomes = measures(index).map((measure) =>
    outcomeOf(measure, index, partTitles.get(measure.part) ?? measure.part),
  );
  const wins = winsOf(outcomes, index);
  const told = changes(index).filter((sentence) => sentence !== undefined);
  return {
    title,
    sentences: outcomes.map(({ sentence }) => sentence),
    wins: wins.length > 0 ? wins : [noWinner],
    changes: told.length > 0 ? told : [sayUnknown('What would change it', 'What this means')],
  };
}

const noWinner: Sentence = {
  ...say`No target is better than all others beyond the intervals of this run.`,
  unknown: true,
};
