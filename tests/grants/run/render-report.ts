import type { Notice } from './withdraw.ts';

/** A statement that was withdrawn, and what noticed. */
export interface Outcome {
  readonly name: string;
  /** Absent when nothing failed. */
  readonly notice?: Notice;
  /** Why nothing uses the action, if nothing does and there is a reason. */
  readonly reason?: string;
  /** Why the statement could not be tried. */
  readonly fault?: string;
}

/** Whether nothing noticed that a statement was missing, and no reason is written down. */
export function isSilent({ notice, reason }: Outcome): boolean {
  return !notice && reason === undefined;
}

/** A table in Markdown: each statement, the check that fails without it, and the denial. */
export function renderReport(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) =>
    [outcome.name, effectOf(outcome), outcome.notice?.denial ?? ''].map(cell).join(' | '),
  );
  const head = ['| statement | what fails without it | denied |', '| --- | --- | --- |'];
  return [...head, ...rows.map((row) => `| ${row} |`), ''].join('\n');
}

/** What failed, or why nothing did. */
export function effectOf({ notice, reason, fault }: Outcome): string {
  if (notice) return notice.failure;
  if (fault !== undefined) return `**not tried: ${fault}**`;
  return reason === undefined ? '**nothing failed**' : `nothing uses it: ${reason}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
