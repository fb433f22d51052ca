import type { Figure } from '../../data/index.ts';
import { type FigureIndex, whatOf } from '../figure-index.ts';
import type { Group, PartLayout, Row, Table } from './layout.ts';

/** A title that all targets share; where it names its target, without the name. */
function labelOf(figures: readonly Figure[]): string {
  const [first] = figures;
  if (!first) return '';
  if (figures.every(({ title }) => title === first.title) || !first.target) return first.title;
  const without = first.title
    .replaceAll(first.target, '')
    .replace(/\s*[,:(–-]*\s*\)?$/, '')
    .trim();
  return without === '' ? whatOf(first) : without;
}

function rowsOf(figures: readonly Figure[]): Row[] {
  const byWhat = Map.groupBy(figures, whatOf);
  return [...byWhat].map(([what, same]) => ({ what, label: labelOf(same), figures: same }));
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
