import type { FigureIndex } from '../figure-index.ts';
import { type Judged, judge } from './criterion.ts';
import { money, runTime } from './money-and-time.ts';
import { team, uses } from './people-and-uses.ts';
import { resources, scalability, structure } from './structure-and-scale.ts';

export type { Judged } from './criterion.ts';
export { figuresOf, type Sentence, type Word } from './sentence.ts';

/** The criteria by which people choose, in the order of the report. */
const criteria = [money, runTime, structure, scalability, resources, team, uses];

/** "What this means": every number in it is a figure of the run. */
export function whatThisMeans(
  index: FigureIndex,
  partTitles: ReadonlyMap<string, string>,
): Judged[] {
  return criteria.map((criterion) => judge(criterion, index, partTitles));
}
