import type { PartId } from '../../data/index.ts';
import type { FigureIndex } from '../figure-index.ts';
import { lookSame } from '../format-figure.ts';
import { list, onTarget, type Sentence, say } from './sentence.ts';

/** Appends each target's figure to `text`, or one figure if all are the same; `undefined` if no target has the figure. */
export function quoted(
  index: FigureIndex,
  text: string,
  part: PartId,
  what: string,
): Sentence | undefined {
  const figures = index.perTarget(part, what);
  const [first] = figures;
  if (!first) return undefined;
  if (figures.length > 1 && lookSame(figures))
    return say`${text} ${{ figure: first }} on every target.`;
  return say`${text} ${list(figures.map((figure) => onTarget(figure)))}.`;
}
