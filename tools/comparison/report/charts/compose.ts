import type { Figure, PartId } from '../../data/index.ts';
import { type FigureIndex, figureKey } from '../figure-index.ts';
import type { BarChart, IntervalChart, LineChart } from './chart.ts';

const drawable = (figure: Figure | undefined): figure is Figure => figure !== undefined;

/** A bar chart of the named figures. Returns no chart if the run has none of them. */
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

/** An interval chart. `rows` maps each label to the keys of the figures in a lane. */
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

/** An interval chart of all figures whose key matches, one row per key. */
export function everyInterval(
  index: FigureIndex,
  part: PartId,
  title: string,
  match: RegExp,
): IntervalChart[] {
  const figures = index
    .ofPart(part)
    .filter((figure) => figure.target && match.test(figureKey(figure)));
  const rows = Object.fromEntries(
    figures.map((figure) => [figure.title.replace(`${figure.target}: `, ''), [figureKey(figure)]]),
  );
  return intervals(index, part, title, rows);
}

/** An interval chart of benchmark ratios, which have no target; one row each. */
export function contenders(
  index: FigureIndex,
  part: PartId,
  title: string,
  match: RegExp,
): IntervalChart[] {
  const found = index
    .ofPart(part)
    .filter((figure) => !figure.target && figure.unit === 'ratio' && match.test(figureKey(figure)));
  const rows = found.map((figure) => ({
    label: figure.title,
    lanes: [{ target: 'all', figures: [figure] }],
  }));
  return rows.length === 0 ? [] : [{ kind: 'intervals', title, unit: 'ratio', rows }];
}

/** A line chart for each series, with all targets together. Curves of shares are details. */
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
