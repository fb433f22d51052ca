import type { Figure } from '../../data/index.ts';
import { type FigureIndex, figureKey } from '../figure-index.ts';
import type { Group, PartLayout, Row, Table } from './layout.ts';

/** One row per key and title. Figures with different titles, and figures without a target, get rows of their own. */
function rowsOf(figures: readonly Figure[]): Row[] {
  const rows = Map.groupBy(figures, (figure) =>
    JSON.stringify([figureKey(figure), figure.title, figure.target === undefined]),
  );
  return [...rows.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ what: figureKey(first), label: first.title, figures: same }] : [];
  });
}

/** Splits a part's figures into tables. Each figure is in exactly one table. */
export function tablesOf(layout: PartLayout, index: FigureIndex): Table[] {
  const rest = new Set(index.ofPart(layout.id));
  const groups: Group[] = [...layout.groups, { title: 'Other figures', match: /^/, detail: true }];
  return groups.flatMap(({ title, match, detail = false }) => {
    const taken = [...rest].filter((figure) => match.test(figureKey(figure)));
    for (const figure of taken) rest.delete(figure);
    return taken.length === 0 ? [] : [{ title, detail, rows: rowsOf(taken) }];
  });
}
