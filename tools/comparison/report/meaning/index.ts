import type { FigureIndex } from '../figure-index.ts';
import { type Judged, judge } from './criterion.ts';
import { money, runTime } from './money-and-time.ts';
import { team, uses } from './people-and-uses.ts';
import { resources, scalability, structure } from './structure-and-scale.ts';

export type { Judged } from './criterion.ts';
export { figuresOf, list, named, type Sentence, say, type Word } from './sentence.ts';
export { inWords } from './traffic-words.ts';

/** The criteria for choosing a variant, in the order of the report. */
const CRITERIA = [money, runTime, structure, scalability, resources, team, uses];

/** Writes "What this means". Every number in it is a figure of the run. */
export function whatThisMeans(
  index: FigureIndex,
  partTitles: ReadonlyMap<string, string>,
): Judged[] {
  return CRITERIA.map((criterion) => judge(criterion, index, partTitles));
}
