import type { Fact, Figure, Missing, Target } from '../../data/index.ts';
import { formatSpread, formatValue, shownText } from '../format-figure.ts';
import type { Table } from '../parts/index.ts';

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A value with its spread and n, where it was sampled. */
export function figureText(figure: Figure): string {
  const value = shownText(formatValue(figure.value, figure.unit));
  if (figure.spread.kind === 'exact') return value;
  const mark = figure.indicative ? ', indicative' : '';
  return `${value} (${formatSpread(figure)}, n ${figure.n}${mark})`;
}

const row = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;

export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [row(heads), `|${heads.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}

/** A column per target; what all share stands in the first. */
export function figureMarkdown({ title, rows }: Table, targets: readonly Target[]): string {
  const lines = rows.map(({ label, figures }) => [
    label,
    ...targets.map(({ name }, at) => {
      const figure = figures.find(
        ({ target }) => target === name || (target === undefined && at === 0),
      );
      return figure ? figureText(figure) : '–';
    }),
  ]);
  return `**${title}**\n\n${markdownTable(['', ...targets.map(({ name }) => name)], lines)}`;
}

export function factsMarkdown(facts: readonly Fact[]): string {
  const sign = (ok: boolean | undefined) => (ok === undefined ? '' : ok ? '✓ ' : '✗ ');
  const lines = facts.map(({ subject, target, text, ok }) => [
    subject,
    target ?? 'all',
    `${sign(ok)}${text}`,
  ]);
  return `**Facts**\n\n${markdownTable(['of', 'target', 'fact'], lines)}`;
}

export function missingMarkdown(missing: readonly Missing[]): string {
  const lines = missing.map(
    ({ what, target, why }) => `- ${what}${target ? ` (${target})` : ''}: ${why}`,
  );
  return ['**Not measured**', '', ...lines].join('\n');
}
