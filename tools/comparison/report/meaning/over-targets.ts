import type { Figure, PartId } from '../../data/index.ts';
import type { FigureIndex } from '../figure-index.ts';
import { list, type Sentence, say, type Word } from './sentence.ts';

const onTarget = (figure: Figure): Word[] => [
  { figure },
  ' on ',
  { target: figure.target ?? 'all' },
];

/** Appends each target's figure to `text`; `undefined` if no target has the figure. */
export function quoted(
  index: FigureIndex,
  text: string,
  part: PartId,
  what: string,
): Sentence | undefined {
  const figures = index.perTarget(part, what);
  return figures.length === 0 ? undefined : say`${text} ${list(figures.map(onTarget))}.`;
}
