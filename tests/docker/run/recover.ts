import { randomUUID } from 'node:crypto';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Variant } from '@triptych/base/variants';
import { BOOTSTRAP_PARAMETER } from '@triptych/build/run-cdk';
import { composeArgs } from '@triptych/docker/compose';
import { streamDocker } from '@triptych/docker/stream-compose';
import type { RunningProject } from './compose-project.ts';

/** LocalStack starts, everything is deployed again, and the services start with new settings. */
const UP_TIMEOUT_MS = 20 * 60_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** The ways in which LocalStack loses every resource, as words of docker compose. */
const LOSSES = ['kill', 'restart'];

/** What a deployment that was interrupted while CDK bootstrapped leaves: a parameter without the stack that owns it. */
const STRAY_PARAMETER = {
  Name: BOOTSTRAP_PARAMETER,
  Value: '1',
  Type: 'String',
} as const;

/**
 * Kills LocalStack and later restarts it, then with a leftover of an interrupted bootstrap. After each, goes the documented way
 * back: `docker compose up --detach --wait`.
 * Returns how often a variant did not work afterwards.
 * @throws Error with compose's message when it does not come up
 */
export async function recoverLocalStack(
  project: RunningProject,
  variants: readonly Variant[],
): Promise<number> {
  let broken = 0;
  for (const loss of LOSSES) {
    await compose(project, loss, 'localstack');
    if (loss === 'restart') {
      await compose(project, 'up', '--detach', '--wait', '--no-build', 'localstack');
      await leaveParameter(`http://127.0.0.1:${project.environment.TRIPTYCH_PORT_LOCALSTACK}`);
    }
    await compose(project, 'up', '--detach', '--wait', '--no-build');
    for (const variant of variants) {
      const status = await register(project.baseUrl[variant]);
      console.log(
        `${variant} after docker compose ${loss} localstack: registering answers ${status}`,
      );
      if (status !== 202) broken += 1;
    }
  }
  return broken;
}

async function leaveParameter(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ssm = new SSMClient({ endpoint, region: 'us-east-1', credentials });
  await ssm.send(new PutParameterCommand(STRAY_PARAMETER));
  ssm.destroy();
}

async function compose({ name, environment }: RunningProject, ...words: string[]): Promise<void> {
  const lines: string[] = [];
  const code = await streamDocker({
    args: composeArgs(name, ...words),
    env: environment,
    timeoutMs: UP_TIMEOUT_MS,
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) throw new Error(`docker compose ${words.join(' ')}: ${lines.at(-1) ?? code}`);
}

/** Writes to auth's table, which exists only since the new deployment. Returns the status of the response. */
async function register(baseUrl: string): Promise<number> {
  const body = { email: `${randomUUID()}@shop.example`, password: 'a password that is long' };
  const response = await fetch(`${baseUrl}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  await response.body?.cancel();
  return response.status;
}
