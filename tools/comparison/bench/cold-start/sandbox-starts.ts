import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKernel } from '@triptych/local-cloud/create-kernel';
import type { FunctionDefinition } from '@triptych/local-cloud/lambda/function-definition';
import { Sandbox } from '@triptych/local-cloud/lambda/sandbox';
import { limitToCoreShare } from './core-share.ts';

/** One start of a function and its first answer, in wall-clock time. */
export interface Start {
  /** Time from process start until the process asks for work. */
  readonly initMs: number;
  /** Time from the first request until its answer. */
  readonly answerMs: number;
}

export interface SandboxStarts {
  /**
   * @param how.prestarted whether the sandbox is started and frozen before the request
   * @param how.coreShare share of a core for the answer (default 1); INIT gets a whole core, as on AWS
   */
  start(how?: { readonly prestarted?: boolean; readonly coreShare?: number }): Promise<Start>;
}

const MEMORY_MB = 1024;
const TIMEOUT_MS = 15_000;
/** A pause after which a prestarted sandbox has finished all start-up work. */
const REST_MS = 50;

/**
 * Starts a new sandbox of the local cloud for each request to a function and ends it afterwards.
 * @param options.folder the function's artifact, relative to the repository
 * @param options.endpointUrl AWS endpoint of the function
 */
export function sandboxStarts(options: {
  root: string;
  folder: string;
  endpointUrl: string;
  variables: Readonly<Record<string, string>>;
  event: object;
}): SandboxStarts {
  const { root, folder, endpointUrl, variables, event } = options;
  const owned = createKernel({ root });
  owned.listening(Number(new URL(endpointUrl).port));
  const { kernel } = owned;
  const name = folder.split('/').at(-1) ?? folder;
  const definition: FunctionDefinition = {
    name,
    arn: kernel.arn('lambda', `function:${name}`),
    stack: 'bench',
    logicalId: name,
    handler: 'index.http',
    taskRoot: resolve(join(root, folder)),
    timeoutMs: TIMEOUT_MS,
    memoryMb: MEMORY_MB,
    maxSandboxes: 1,
    variables,
    runtime: 'nodejs24.x',
    logGroup: `/aws/lambda/${name}`,
    createdAt: new Date(),
    roleArn: kernel.arn('iam', `role/${name}`),
    session: kernel.permissions.operator,
  };
  const payload = Buffer.from(JSON.stringify(event));
  return {
    async start({ prestarted = false, coreShare = 1 } = {}) {
      const startedAt = performance.now();
      const sandbox = await readySandbox(definition, kernel);
      const initMs = performance.now() - startedAt;
      if (prestarted) {
        await sleep(REST_MS);
        sandbox.freeze();
      }
      const { pid } = sandbox;
      if (pid === undefined) throw new Error(`${name} has no process`);
      const release = await limitToCoreShare(pid, coreShare);
      try {
        const since = performance.now();
        const answer = await sandbox.invoke('first', payload);
        const answerMs = performance.now() - since;
        const { statusCode } = JSON.parse(answer.payload.toString()) as { statusCode?: number };
        if (statusCode !== 200) throw new Error(`${name} answers ${answer.payload.toString()}`);
        return { initMs, answerMs };
      } finally {
        await release();
        sandbox.kill();
        await sandbox.whenEnded;
      }
    },
  };
}

/** Resolves when the sandbox asks for work. @throws Error if it ends before that */
function readySandbox(
  definition: FunctionDefinition,
  kernel: ConstructorParameters<typeof Sandbox>[1],
): Promise<Sandbox> {
  return new Promise((ready, reject) => {
    let asked = false;
    new Sandbox(definition, kernel, {
      idle: (sandbox) => {
        asked = true;
        ready(sandbox);
      },
      ended: (_, failure) => {
        if (!asked) reject(new Error(`${definition.name} does not start: ${failure}`));
      },
    });
  });
}
