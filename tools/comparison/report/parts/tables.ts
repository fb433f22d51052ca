import type { Figure } from '../../data/index.ts';
import { type FigureIndex, whatOf } from '../figure-index.ts';
import type { Group, PartLayout, Row, Table } from './layout.ts';

/** A row per thing and title: what targets call differently is not side by side; what is of no target stands alone. */
function rowsOf(figures: readonly Figure[]): Row[] {
  const rows = Map.groupBy(figures, (figure) =>
    JSON.stringify([whatOf(figure), figure.title, figure.target === undefined]),
  );
  return [...rows.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ what: whatOf(first), label: first.title, figures: same }] : [];
  });
}

/** A part's figures as tables, each figure in exactly one of them. */
export function tablesOf(layout: PartLayout, index: FigureIndex): Table[] {
  const rest = new Set(index.ofPart(layout.id));
  const groups: Group[] = [
    ...layout.groups,
    { title: 'Further figures', match: /^/, detail: true },
  ];
  return groups.flatMap(({ title, match, detail = false }) => {
    const taken = [...rest].filter((figure) => match.test(whatOf(figure)));
    for (const figure of taken) rest.delete(figure);
    return taken.length === 0 ? [] : [{ title, detail, rows: rowsOf(taken) }];
  });
}
