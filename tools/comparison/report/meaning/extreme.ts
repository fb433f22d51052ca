import type { Figure, PartId } from '../../data/index.ts';
import { type FigureIndex, figureKey } from '../figure-index.ts';

/** Selects the largest of a target's figures whose key matches: the slowest recovery, the most expensive line item, … */
export function largest(part: PartId, match: RegExp) {
  return (index: FigureIndex, target: string): Figure | undefined =>
    index
      .ofPart(part)
      .filter((figure) => figure.target === target && match.test(figureKey(figure)))
      .reduce<Figure | undefined>(
        (most, figure) => (most && most.value >= figure.value ? most : figure),
        undefined,
      );
}
