import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCode } from '@triptych/base/exit-code';
import { UserError } from '@triptych/base/user-error';
import { accountId, awsEnvironment, region } from './aws.ts';

const bootstrapTimeoutMs = 3 * 60_000;
const deployTimeoutMs = 15 * 60_000;
/** Stacks at once: they wait for LocalStack, which has one interpreter. */
const atOnce = 4;

export interface CdkLocal {
  readonly root: string;
  readonly endpoint: string;
  /** Folder of the assembly that is deployed. */
  readonly assembly: string;
}

/** Makes the bucket and the roles that CDK deploys through. @throws UserError when it fails or takes over 3 min */
export async function bootstrap(cdk: CdkLocal): Promise<void> {
  await run(cdk, ['bootstrap', `aws://${accountId}/${region}`], bootstrapTimeoutMs, () => {});
}

/**
 * Deploys stacks and those they need. Whole templates, as on AWS: nothing is swapped behind CloudFormation's back.
 * @param onStack told when a stack is done
 * @throws UserError with CDK's own words when one fails or all take over 15 min
 */
export async function deployStacks(
  cdk: CdkLocal,
  stacks: readonly string[],
  onStack: (stack: string, changed: boolean) => void,
): Promise<void> {
  const how = ['--require-approval', 'never', '--method', 'direct', '--progress', 'events'];
  const args = ['deploy', ...stacks, ...how, '--concurrency', String(atOnce)];
  await run(cdk, args, deployTimeoutMs, (line) => {
    const done = finishedStack(line);
    if (done) onStack(done.stack, done.changed);
  });
}

/** `✅  triptych-serverless-state (no changes)` as the stack and whether anything was done to it. */
export function finishedStack(line: string): { stack: string; changed: boolean } | undefined {
  const [, stack, unchanged] = /✅\s+(triptych-[a-z-]+)( \(no changes\))?/.exec(line) ?? [];
  return stack === undefined ? undefined : { stack, changed: unchanged === undefined };
}

/** The lines of CDK's output that say what went wrong: those with a cross or an error, else the last. */
export function reasonOf(lines: readonly string[]): string {
  const told = lines.filter((line) => /❌|error|failed|_FAILED/i.test(line));
  return (told.at(-1) ?? lines.at(-1) ?? 'it printed nothing').replace(/\s+/g, ' ').trim();
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
    // Away from cdk.json, whose settings are for AWS.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    env: {
      ...process.env,
      ...awsEnvironment(endpoint),
      AWS_ENDPOINT_URL_S3: await byAddress(endpoint),
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
 * An endpoint with the address for the host name. S3 clients write a bucket before a name, which only name servers with
 * wildcards know, but after an address.
 */
async function byAddress(endpoint: string): Promise<string> {
  const url = new URL(endpoint);
  const { address } = await lookup(url.hostname, { family: 4 });
  url.hostname = address;
  return url.origin;
}
