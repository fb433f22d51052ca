import type { Figure, PartId } from '../../data/index.ts';
import { type FigureIndex, whatOf } from '../figure-index.ts';
import type { BarChart, IntervalChart, LineChart } from './chart.ts';

const drawable = (figure: Figure | undefined): figure is Figure => figure !== undefined;

/** Bars of the named measures; those that nothing is known of are left out, and a chart without any is none. */
export function bars(
  index: FigureIndex,
  part: PartId,
  title: string,
  panels: Readonly<Record<string, string>>,
): BarChart[] {
  const known = Object.entries(panels)
    .map(([what, label]) => ({ label, figures: index.perTarget(part, what) }))
    .filter(({ figures }) => figures.length > 0);
  return known.length === 0 ? [] : [{ kind: 'bars', title, panels: known }];
}

/** Lanes of values, a row per entry: its label and what the values of each target's lane are. */
export function intervals(
  index: FigureIndex,
  part: PartId,
  title: string,
  rows: Readonly<Record<string, readonly string[]>>,
): IntervalChart[] {
  const known = Object.entries(rows)
    .map(([label, whats]) => ({
      label,
      lanes: index.targets
        .map(({ name }) => ({
          target: name,
          figures: whats.map((what) => index.find(part, name, what)).filter(drawable),
        }))
        .filter(({ figures }) => figures.length > 0),
    }))
    .filter(({ lanes }) => lanes.length > 0);
  const unit = known[0]?.lanes[0]?.figures[0]?.unit ?? '';
  return known.length === 0 ? [] : [{ kind: 'intervals', title, unit, rows: known }];
}

/** Everything that matches, a row per thing measured, one value per target. */
export function everyInterval(
  index: FigureIndex,
  part: PartId,
  title: string,
  match: RegExp,
): IntervalChart[] {
  const figures = index
    .ofPart(part)
    .filter((figure) => figure.target && match.test(whatOf(figure)));
  const rows = Object.fromEntries(
    figures.map((figure) => [figure.title.replace(`${figure.target}: `, ''), [whatOf(figure)]]),
  );
  return intervals(index, part, title, rows);
}

/** Contenders that belong to no target, a row each. */
export function contenders(
  index: FigureIndex,
  part: PartId,
  title: string,
  match: RegExp,
): IntervalChart[] {
  const found = index
    .ofPart(part)
    .filter((figure) => !figure.target && figure.unit === 'ratio' && match.test(whatOf(figure)));
  const rows = found.map((figure) => ({
    label: figure.title,
    lanes: [{ target: 'all', figures: [figure] }],
  }));
  return rows.length === 0 ? [] : [{ kind: 'intervals', title, unit: 'ratio', rows }];
}

/** A chart for each thing that was drawn over time, traffic or share, its targets together; curves of shares are details. */
export function drawn(index: FigureIndex, part: PartId): LineChart[] {
  const bySubject = Map.groupBy(
    index.seriesOf(part).filter(({ points }) => points.length > 0),
    ({ id }) => id.split('/').slice(2).join('/'),
  );
  return [...bySubject.values()].map((lines) => ({
    kind: 'lines',
    title: lines[0]?.title.replace(`${lines[0].target}: `, '') ?? '',
    lines,
    ...(lines[0]?.y.unit === 'share' ? { detail: true } : {}),
  }));
}
