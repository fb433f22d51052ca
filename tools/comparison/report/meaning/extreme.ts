import type { Figure, PartId } from '../../data/index.ts';
import { type FigureIndex, whatOf } from '../figure-index.ts';

/** The largest of a target's figures whose name matches: the worst fault, the dearest line, … */
export function largest(part: PartId, match: RegExp) {
  return (index: FigureIndex, target: string): Figure | undefined =>
    index
      .ofPart(part)
      .filter((figure) => figure.target === target && match.test(whatOf(figure)))
      .reduce<Figure | undefined>(
        (most, figure) => (most && most.value >= figure.value ? most : figure),
        undefined,
      );
}
