import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { exitCode } from '@triptych/base/exit-code';
import { findPython } from '../../python/find-python.ts';

/** Both read each template again from the start, which takes a second of CPU time for the largest. */
const TIMEOUT_MS = 10 * 60_000;
/** One for each core of a small machine. */
const PROCESSES = 2;

/** Something that cfn-lint reports. */
export interface CfnLintMatch {
  readonly Level: 'Error' | 'Warning' | 'Informational';
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** Runs cfn-lint on all templates in a folder. @throws Error with its output when it does not write JSON */
export async function cfnLint(folder: string): Promise<CfnLintMatch[]> {
  const program = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  const found = await onShares<CfnLintMatch[]>(folder, [
    ...['-c', program, '--format', 'json'],
    '--template',
  ]);
  return found.flat();
}

/** A check of checkov on one resource. */
export interface CheckovResult {
  readonly check_id: string;
  readonly check_name: string;
  /** Ends with a file's name, such as `triptych-hybrid-state.0f3c7a9e1111.json`. */
  readonly file_path: string;
  /** Type and logical id, such as `AWS::SQS::Queue.PaymentsQueue59F70EDB`. */
  readonly resource: string;
  readonly check_result: { readonly suppress_comment?: string };
}

/** What checkov finds in all templates in a folder. */
export interface CheckovReport {
  readonly failed: readonly CheckovResult[];
  readonly skipped: readonly CheckovResult[];
  readonly passed: number;
  /** The number of files that it cannot read. */
  readonly unreadable: number;
}

interface CheckovOutput {
  readonly results: {
    readonly failed_checks: readonly CheckovResult[];
    readonly skipped_checks: readonly CheckovResult[];
  };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}

/** Runs checkov on all templates in a folder. @throws Error with its output when it does not write JSON */
export async function checkov(folder: string): Promise<CheckovReport> {
  const options = ['--framework', 'cloudformation', '--compact', '--skip-download'];
  const reports = await onShares<CheckovOutput>(folder, [
    ...['-m', 'checkov.main', ...options, '--output', 'json'],
    '--file',
  ]);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    failed: reports.flatMap(({ results }) => results.failed_checks),
    skipped: reports.flatMap(({ results }) => results.skipped_checks),
    passed: sum(reports.map(({ summary }) => summary.passed)),
    unreadable: sum(reports.map(({ summary }) => summary.parsing_errors)),
  };
}

/**
 * Runs a linter in parallel processes, each with a share of the templates in a folder.
 * @param args end with the option that takes files
 */
async function onShares<Output>(folder: string, args: readonly string[]): Promise<Output[]> {
  const shares: string[][] = Array.from({ length: PROCESSES }, () => []);
  for (const [number, file] of (await templatesIn(folder)).entries()) {
    shares[number % PROCESSES]?.push(file);
  }
  const used = shares.filter((share) => share.length > 0);
  return Promise.all(used.map((share) => runJson<Output>(folder, [...args, ...share])));
}

/** The templates in a folder that `infra/testing/write-templates.ts` wrote. */
export async function templatesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('triptych-'));
}

/** A linter's exit code only says that it found something, so it does not matter. */
async function runJson<Output>(folder: string, args: readonly string[]): Promise<Output> {
  const python = await findPython('linters');
  if (python === undefined) {
    throw new Error('The linters are not installed: run `npm run test:templates -- --install`.');
  }
  const child = spawn(python, args, { cwd: folder, timeout: TIMEOUT_MS });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
    });
  }
  const code = await exitCode(child);
  try {
    return JSON.parse(written.stdout) as Output;
  } catch (cause) {
    const output = `${written.stdout}${written.stderr}`.slice(-2_000);
    throw new Error(`python ${args.slice(0, 2).join(' ')} ended with ${code}: ${output}`, {
      cause,
    });
  }
}
