import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { exitCode } from '@triptych/base/exit-code';

/** The stack that `cdk bootstrap` creates. */
export const BOOTSTRAP_STACK = 'CDKToolkit';

/** The SSM parameter in which that stack keeps its version (`@aws-cdk/toolkit-lib`, bootstrap-template.yaml). */
export const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

const KEPT_LINES = 200;

export interface CdkRun {
  /** The CDK's command line, or a wrapper of it: an absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Folder of the synthesized assembly, absolute. */
  readonly assembly: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Called with every line that is not empty. */
  readonly onLine: (line: string) => void;
}

/** How a run ended. `code` is null if it timed out. `lines` are the last 200. */
export interface CdkOutcome {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Runs the CDK's command line on an assembly. TRIPTYCH_DEBUG shows its output. */
export async function runCdk(run: CdkRun): Promise<CdkOutcome> {
  const { program, args, assembly, env, timeoutMs, onLine } = run;
  const flags = ['--app', assembly, '--ci', '--no-color', '--no-notices'];
  const child = spawn(process.execPath, [program, ...args, ...flags], {
    // Not the folder of cdk.json, which names an app and a folder for its output.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    env: { ...process.env, ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  const lines: string[] = [];
  const keep = (line: string) => {
    if (line.trim() === '') return;
    if (process.env.TRIPTYCH_DEBUG) console.error(line);
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', keep);
  }
  return { code: await exitCode(child), lines };
}

/** Parses a line such as `✅  triptych-serverless-state (no changes)`; undefined for any other line. */
export function finishedStack(line: string): { stack: string; changed: boolean } | undefined {
  const [, stack, unchanged] = /✅\s+(\S+)( \(no changes\))?/.exec(line) ?? [];
  return stack === undefined ? undefined : { stack, changed: unchanged === undefined };
}

/** The reason of a failure in the CDK's output: the last line with one of the signs, else the last line. */
export function lastReason(lines: readonly string[], signs: RegExp): string {
  const reason = lines.findLast((line) => signs.test(line)) ?? lines.at(-1);
  return (reason ?? 'it printed nothing').replace(/\s+/g, ' ').trim();
}
