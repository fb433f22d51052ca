import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCode } from '@triptych/base/exit-code';
import { UserError } from '@triptych/base/user-error';
import { ACCOUNT_ID, awsEnvironment, REGION } from './aws.ts';

const BOOTSTRAP_TIMEOUT_MS = 10 * 60_000;
const DEPLOY_TIMEOUT_MS = 15 * 60_000;
/** Stacks deployed concurrently. More would only wait, because LocalStack runs in one Python process. */
const CONCURRENT_STACKS = 4;

export interface CdkLocal {
  readonly root: string;
  readonly endpoint: string;
  /** Folder of the assembly to deploy. */
  readonly assembly: string;
}

/** Creates the bucket and the roles that CDK uses to deploy. @throws UserError if it fails or takes over 10 min */
export async function bootstrap(cdk: CdkLocal): Promise<void> {
  await run(cdk, ['bootstrap', `aws://${ACCOUNT_ID}/${REGION}`], BOOTSTRAP_TIMEOUT_MS, () => {});
}

/**
 * Deploys stacks and their dependencies through CloudFormation, as on AWS, without hotswapping.
 * @param onStack called when a stack is done
 * @throws UserError with CDK's message if a stack fails or all take over 15 min
 */
export async function deployStacks(
  cdk: CdkLocal,
  stacks: readonly string[],
  onStack: (stack: string, changed: boolean) => void,
): Promise<void> {
  const how = ['--require-approval', 'never', '--method', 'direct', '--progress', 'events'];
  const args = ['deploy', ...stacks, ...how, '--concurrency', String(CONCURRENT_STACKS)];
  await run(cdk, args, DEPLOY_TIMEOUT_MS, (line) => {
    const done = finishedStack(line);
    if (done) onStack(done.stack, done.changed);
  });
}

/** Parses a line such as `✅  triptych-serverless-state (no changes)`; undefined for any other line. */
export function finishedStack(line: string): { stack: string; changed: boolean } | undefined {
  const [, stack, unchanged] = /✅\s+(triptych-[a-z-]+)( \(no changes\))?/.exec(line) ?? [];
  return stack === undefined ? undefined : { stack, changed: unchanged === undefined };
}

/** The reason of a failure in CDK's output: the last line with a cross or an error, else the last line. */
export function reasonOf(lines: readonly string[]): string {
  const errors = lines.filter((line) => /❌|error|failed|_FAILED/i.test(line));
  return (errors.at(-1) ?? lines.at(-1) ?? 'it printed nothing').replace(/\s+/g, ' ').trim();
}

async function run(
  { root, endpoint, assembly }: CdkLocal,
  args: readonly string[],
  timeoutMs: number,
  onLine: (line: string) => void,
): Promise<void> {
  const program = join(root, 'node_modules/aws-cdk-local/bin/cdklocal');
  const all = [program, ...args, '--app', assembly, '--ci', '--no-color', '--no-notices'];
  const child = spawn(process.execPath, all, {
    // Not the folder of cdk.json, whose settings are for AWS.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    env: {
      ...process.env,
      ...awsEnvironment(endpoint),
      AWS_ENDPOINT_URL_S3: await withIpAddress(endpoint),
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  });
  const lines: string[] = [];
  const keep = (line: string) => {
    if (line.trim() === '') return;
    if (process.env.TRIPTYCH_DEBUG) console.error(line);
    lines.push(line);
    if (lines.length > 200) lines.shift();
    onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', keep);
  }
  const code = await exitCode(child);
  if (code === 0) return;
  const why = code === null ? `it took longer than ${timeoutMs / 60_000} min` : reasonOf(lines);
  throw new UserError(`cdklocal ${args[0]} failed: ${why} (TRIPTYCH_DEBUG=1 shows its output).`);
}

/**
 * Replaces the host name of an endpoint by its IP address. S3 clients put the bucket before a host name, which needs
 * wildcard DNS, but into the path after an IP address.
 */
async function withIpAddress(endpoint: string): Promise<string> {
  const url = new URL(endpoint);
  const { address } = await lookup(url.hostname, { family: 4 });
  url.hostname = address;
  return url.origin;
}
