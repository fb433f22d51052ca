import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import { finishedStack, lastReason, runCdk } from '@triptych/build/run-cdk';
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
    if (done?.stack.startsWith('triptych-')) onStack(done.stack, done.changed);
  });
}

/** What marks the reason of a failure in CDK's output. */
export const FAILURE_SIGNS = /❌|error|failed/i;

async function run(
  { root, endpoint, assembly }: CdkLocal,
  args: readonly string[],
  timeoutMs: number,
  onLine: (line: string) => void,
): Promise<void> {
  const { code, lines } = await runCdk({
    program: join(root, 'node_modules/aws-cdk-local/bin/cdklocal'),
    args,
    assembly,
    env: {
      ...awsEnvironment(endpoint),
      AWS_ENDPOINT_URL_S3: await withIpAddress(endpoint),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    timeoutMs,
    onLine,
  });
  if (code === 0) return;
  const why =
    code === null
      ? `it took longer than ${timeoutMs / 60_000} min`
      : lastReason(lines, FAILURE_SIGNS);
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
