import type { FigureIndex } from '../figure-index.ts';
import { type Measure, type Outcome, outcomeOf } from './measure.ts';
import { list, type Sentence, say, type Word } from './sentence.ts';

/** One row of "What this means": what is compared, and what would change the result. */
export interface Criterion {
  readonly title: string;
  readonly measures: (index: FigureIndex) => readonly Measure[];
  readonly changes: (index: FigureIndex) => readonly (Sentence | undefined)[];
}

/** A criterion with its results in a run. */
export interface Judged {
  readonly title: string;
  readonly sentences: readonly Sentence[];
  readonly wins: readonly Sentence[];
  readonly changes: readonly Sentence[];
}

/** Lower-cases the first letter for use within a sentence; acronyms keep their capitals. */
function lowered(subject: string): string {
  return /^[A-Z][a-z]|^A /.test(subject) ? subject[0]?.toLowerCase() + subject.slice(1) : subject;
}

/** One sentence for each target that is clearly better than all others in something. */
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

/** @param partTitles the title of each part in the report */
export function judge(
  { title, measures, changes }: Criterion,
  index: FigureIndex,
  partTitles: ReadonlyMap<string, string>,
): Judged {
  const outcomes = measures(index).map((measure) =>
    outcomeOf(measure, index, partTitles.get(measure.part) ?? measure.part),
  );
  const wins = winsOf(outcomes, index);
  const known = changes(index).filter((sentence) => sentence !== undefined);
  return {
    title,
    sentences: outcomes.map(({ sentence }) => sentence),
    wins: wins.length > 0 ? wins : [NO_WINNER],
    changes: known.length > 0 ? known : [NO_CHANGES],
  };
}

const NO_WINNER: Sentence = {
  ...say`No target is clearly better than all the others in this run.`,
  unknown: true,
};

const NO_CHANGES: Sentence = {
  ...say`This run has no figures that show what would change the result.`,
  unknown: true,
};
