import type { Notice } from './withdraw.ts';

/** A statement that was withdrawn, and what noticed. */
export interface Outcome {
  readonly name: string;
  /** Absent when nothing failed. */
  readonly notice?: Notice;
}

/** A table in Markdown: each statement, the check that fails without it, and the denial. */
export function renderReport(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, notice }) =>
    [name, notice?.failure ?? '**nothing failed**', notice?.denial ?? ''].map(cell).join(' | '),
  );
  const head = ['| statement | what fails without it | denied |', '| --- | --- | --- |'];
  return [...head, ...rows.map((row) => `| ${row} |`), ''].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
