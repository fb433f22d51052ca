import colors from 'picocolors';

/** The result of one check. */
export interface Finding {
  readonly what: string;
  /** `missing` prevents `npm start` and `npm test`; `optional` only affects what `advice` names. */
  readonly state: 'ok' | 'optional' | 'missing';
  readonly found: string;
  /** What to do when the state is not `ok`. */
  readonly advice?: string;
}

const MARKS = {
  ok: colors.green('✓'),
  optional: colors.yellow('–'),
  missing: colors.red('✗'),
} as const;

/** One line per finding, then whether `npm start` can run. */
export function renderFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ what, state, found, advice }) => {
    const line = `${MARKS[state]} ${what.padEnd(16)} ${found}`;
    return advice ? `${line}; ${advice}` : line;
  });
  const missing = findings.filter(({ state }) => state === 'missing').map(({ what }) => what);
  const verdict =
    missing.length === 0
      ? colors.green('npm start and npm test can run here.')
      : colors.red(`npm start cannot run here yet: see ${missing.join(', ')}.`);
  return [...lines, '', verdict].join('\n');
}

/** Whether `npm start` and `npm test` can run. */
export const canRun = (findings: readonly Finding[]) =>
  findings.every(({ state }) => state !== 'missing');
