import { join } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import { finishedStack, lastReason, runCdk } from '@triptych/build/run-cdk';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { failureOf, type ResourceEvent, resourceEvent } from './cdk-output.ts';
import { explainFailures, type Failure } from './explain-failure.ts';

const OTHER_PARTS = [
  'provider',
  'state',
  'code',
  'front',
  'rest-front',
  'web-front',
  'operations',
  'release',
];
const SERVICES: readonly string[] = [...CONTEXT_NAMES, ...OTHER_PARTS];
/** A CDN takes up to 20 minutes, and every stack waits for the ones that it imports from. */
const DEPLOY_TIMEOUT_MS = 90 * 60_000;
/** What marks the reason of a failure without a resource. */
export const FAILURE_SIGNS = /❌|error|failed|denied|not authorized|cannot|unable/i;

/** @throws UserError when `service` does not name a stack */
export function checkService(service: string | undefined): void {
  if (service !== undefined && !SERVICES.includes(service)) {
    throw new UserError(`--service takes one of ${SERVICES.join(', ')}, not "${service}".`);
  }
}

export interface Deployable {
  readonly root: string;
  /** Folder of the synthesized assembly. */
  readonly assembly: string;
  readonly region: string;
}

export interface DeployEvents {
  onEvent(event: ResourceEvent): void;
  onStack(stack: string, changed: boolean): void;
  /** Any other line, such as the build of an image. */
  onLine(line: string): void;
}

/**
 * Deploys stacks with the CDK's command line, in the order of their dependencies, and reports each event.
 * @throws UserError that says which resource failed, why, and what to do
 */
export async function cdkDeploy(
  { root, assembly, region }: Deployable,
  stacks: readonly string[],
  events: DeployEvents,
): Promise<void> {
  const failures: Failure[] = [];
  const unfinished = new Set(stacks);
  const how = [
    '--exclusively',
    '--require-approval',
    'never',
    '--progress',
    'events',
    '--no-version-reporting',
  ];
  const { code, lines } = await runCdk({
    program: join(root, 'node_modules/aws-cdk/bin/cdk'),
    args: ['deploy', ...stacks, ...how],
    assembly,
    env: { AWS_REGION: region, AWS_DEFAULT_REGION: region },
    timeoutMs: DEPLOY_TIMEOUT_MS,
    onLine: (line) => {
      const event = resourceEvent(line);
      const done = finishedStack(line);
      if (event) {
        const failure = failureOf(event);
        if (failure) failures.push(failure);
        events.onEvent(event);
      } else if (done) {
        unfinished.delete(done.stack);
        events.onStack(done.stack, done.changed);
      } else events.onLine(line);
    },
  });
  if (code === 0) return;
  const why =
    code === null
      ? `it took longer than ${DEPLOY_TIMEOUT_MS / 60_000} minutes`
      : lastReason(lines, FAILURE_SIGNS);
  const explained = explainFailures(
    failures.length > 0 ? failures : [failureOfStack(lines, [...unfinished], why)],
  );
  throw new UserError(['The deployment failed.', ...explained].join('\n'));
}

/** A failure before the first resource. Stacks are deployed one after another, so it is of the first that is not finished. */
function failureOfStack(
  lines: readonly string[],
  unfinished: readonly string[],
  reason: string,
): Failure {
  const [named] = lines.flatMap((line) => /❌\s+(\S+) failed/.exec(line)?.slice(1) ?? []);
  const stack = named ?? unfinished[0] ?? '';
  return { stack, type: 'AWS::CloudFormation::Stack', resource: stack, reason };
}
