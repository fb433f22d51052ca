import colors from 'picocolors';

/** What one look at the machine found. */
export interface Finding {
  readonly what: string;
  /** `missing` keeps the basic mode (`npm start`, `npm test`) from running; `optional` only what is named in `advice`. */
  readonly state: 'ok' | 'optional' | 'missing';
  readonly found: string;
  /** What to do, when it is not ok. */
  readonly advice?: string;
}

const marks = {
  ok: colors.green('✓'),
  optional: colors.yellow('–'),
  missing: colors.red('✗'),
} as const;

/** One line per finding, then what this machine can run. */
export function renderFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ what, state, found, advice }) => {
    const line = `${marks[state]} ${what.padEnd(16)} ${found}`;
    return advice ? `${line}; ${advice}` : line;
  });
  const missing = findings.filter(({ state }) => state === 'missing').map(({ what }) => what);
  const verdict =
    missing.length === 0
      ? colors.green('npm start and npm test can run here.')
      : colors.red(`npm start cannot run here yet: see ${missing.join(', ')}.`);
  return [...lines, '', verdict].join('\n');
}

export const canRun = (findings: readonly Finding[]) =>
  findings.every(({ state }) => state !== 'missing');
