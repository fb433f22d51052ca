import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCode } from '@triptych/base/exit-code';
import { UserError } from '@triptych/base/user-error';
import { CONTEXT_NAMES } from '@triptych/context-map';
import {
  failureOf,
  finishedStack,
  lastReason,
  type ResourceEvent,
  resourceEvent,
} from './cdk-output.ts';
import { explainFailures, type Failure } from './explain-failure.ts';

const OTHER_PARTS = ['provider', 'state', 'front', 'rest-front', 'operations', 'release'];
const SERVICES: readonly string[] = [...CONTEXT_NAMES, ...OTHER_PARTS];
/** A CDN takes up to 20 minutes, and every stack waits for the ones that it imports from. */
const DEPLOY_TIMEOUT_MS = 90 * 60_000;
const KEPT_LINES = 200;

/** @throws UserError when `service` does not name a stack */
export function checkService(service: string | undefined): void {
  if (service !== undefined && !SERVICES.includes(service)) {
    throw new UserError(`--service takes one of ${SERVICES.join(', ')}, not "${service}".`);
  }
}

export interface CdkRun {
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
  run: CdkRun,
  stacks: readonly string[],
  events: DeployEvents,
): Promise<void> {
  const failures: Failure[] = [];
  const how = ['--exclusively', '--require-approval', 'never', '--progress', 'events'];
  const { code, lines } = await runCdk(
    run,
    ['deploy', ...stacks, ...how],
    DEPLOY_TIMEOUT_MS,
    (line) => {
      const event = resourceEvent(line);
      const done = finishedStack(line);
      if (event) {
        const failure = failureOf(event);
        if (failure) failures.push(failure);
        events.onEvent(event);
      } else if (done) events.onStack(done.stack, done.changed);
      else events.onLine(line);
    },
  );
  if (code === 0) return;
  const why =
    code === null ? `it took longer than ${DEPLOY_TIMEOUT_MS / 60_000} minutes` : lastReason(lines);
  const explained = explainFailures(
    failures.length > 0
      ? failures
      : [{ stack: stacks.join(', '), type: 'the deployment', resource: '', reason: why }],
  );
  throw new UserError(['The deployment failed.', ...explained].join('\n'));
}

async function runCdk(
  { root, assembly, region }: CdkRun,
  args: readonly string[],
  timeoutMs: number,
  onLine: (line: string) => void,
): Promise<{ code: number | null; lines: string[] }> {
  const program = join(root, 'node_modules/aws-cdk/bin/cdk');
  const flags = ['--app', assembly, '--ci', '--no-color', '--no-notices', '--no-version-reporting'];
  const child = spawn(process.execPath, [program, ...args, ...flags], {
    // Not the folder of cdk.json, which names an app and a folder for its output.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    env: {
      ...process.env,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
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
