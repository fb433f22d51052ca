import type { Fact, Figure, Missing, Target } from '../../data/index.ts';
import { factRows } from '../fact-rows.ts';
import { formatSpread, shownValue } from '../format-figure.ts';
import type { Row, Table } from '../parts/index.ts';

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A value, with its spread and n if it was sampled. */
export function figureText(figure: Figure): string {
  const value = shownValue(figure);
  if (figure.spread.kind === 'exact') return value;
  const interval = formatSpread(figure);
  const notes = [...(interval ? [interval] : []), `n ${figure.n}`];
  return `${value} (${[...notes, ...(figure.indicative ? ['indicative'] : [])].join(', ')})`;
}

const row = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;

/** Renders a Markdown table and escapes its cells. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [row(heads), `|${heads.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}

/** A table with a column per target. Figures without a target are in a separate table. */
export function figureMarkdown({ title, rows }: Table, targets: readonly Target[]): string {
  const cell = (figure: Figure | undefined) => (figure ? figureText(figure) : '–');
  const standIn = ({ standIns = [] }: Row, name: string) => {
    const figure = standIns.find(({ target }) => target === name)?.figure;
    return figure && `${shownValue(figure)} (sample)`;
  };
  const isShared = ({ figures, standIns = [] }: Row) =>
    standIns.length === 0 && figures.every(({ target }) => target === undefined);
  const own = rows
    .filter((one) => !isShared(one))
    .map((one) => [
      one.label,
      ...targets.map(
        ({ name }) => standIn(one, name) ?? cell(one.figures.find(({ target }) => target === name)),
      ),
    ]);
  const shared = rows.filter(isShared).map(({ label, figures }) => [label, cell(figures[0])]);
  const tables = [
    ...(own.length > 0 ? [markdownTable(['', ...targets.map(({ name }) => name)], own)] : []),
    ...(shared.length > 0 ? [markdownTable(['', 'target-independent'], shared)] : []),
  ];
  return [`**${title}**`, ...tables].join('\n\n');
}

/** A table with a row per subject and a column per target. Facts that all targets share are in a separate table. */
export function factsMarkdown(facts: readonly Fact[], targets: readonly Target[]): string {
  const sign = (ok: boolean | undefined) => (ok === undefined ? '' : ok ? '✓ ' : '✗ ');
  const format = (some: readonly Fact[]) =>
    some.map(({ ok, text }) => `${sign(ok)}${text}`).join('<br>');
  const rows = factRows(facts, targets, format);
  const own = rows.filter((one) => one.own.length > 0).map((one) => [one.subject, ...one.own]);
  const shared = rows.flatMap(({ subject, general, alike }) => {
    const all = [general, alike].filter((text) => text !== '').join('<br>');
    return all === '' ? [] : [[subject, all]];
  });
  const tables = [
    ...(own.length > 0 ? [markdownTable(['', ...targets.map(({ name }) => name)], own)] : []),
    ...(shared.length > 0 ? [markdownTable(['', 'all targets'], shared)] : []),
  ];
  return ['**Facts**', ...tables].join('\n\n');
}

/** Lists missing figures with reasons. */
export function missingMarkdown(missing: readonly Missing[]): string {
  const lines = missing.map(
    ({ what, target, why }) => `- ${what}${target ? ` (${target})` : ''}: ${why}`,
  );
  return ['**Not measured**', '', ...lines].join('\n');
}
