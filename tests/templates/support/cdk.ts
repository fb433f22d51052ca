import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';
import type { Emulator } from './start-emulator.ts';

const COMMAND_TIMEOUT_MS = 10 * 60_000;

/** What a CDK command did. */
export interface CdkResult {
  readonly succeeded: boolean;
  /** Standard output and standard error, in the order in which they were written. */
  readonly output: string;
}

/**
 * Runs the CDK CLI against an emulator, for at most 10 min.
 * @param assembly the folder that the app was synthesized into. `bootstrap` needs none.
 */
export async function cdk(
  emulator: Emulator,
  args: readonly string[],
  assembly?: string,
): Promise<CdkResult> {
  const program = join(repositoryRoot, 'node_modules/aws-cdk/bin/cdk');
  const app = assembly === undefined ? [] : ['--app', assembly];
  const child = spawn(
    process.execPath,
    [program, ...args, ...app, '--ci', '--no-color', '--no-notices'],
    {
      // Not the repository, whose cdk.json is for AWS.
      cwd: emulator.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: COMMAND_TIMEOUT_MS,
      env: { ...emulator.environment, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await exitCode(child);
  return { succeeded: code === 0, output };
}
