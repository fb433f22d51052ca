import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKernel } from '@triptych/local-cloud/create-kernel';
import type { FunctionDefinition } from '@triptych/local-cloud/lambda/function-definition';
import { Sandbox } from '@triptych/local-cloud/lambda/sandbox';
import { limitToCoreShare } from './core-share.ts';

/** One start of a function and its first answer, by the clock. */
export interface Start {
  /** From starting the process until it asks for work. */
  readonly initMs: number;
  /** From giving it the first request until its answer. */
  readonly answerMs: number;
}

export interface SandboxStarts {
  /**
   * @param how.prestarted whether the sandbox waits, frozen, before the request comes
   * @param how.coreShare what the answer gets of a core, all unless told; INIT gets all of one, as on AWS
   */
  start(how?: { readonly prestarted?: boolean; readonly coreShare?: number }): Promise<Start>;
}

const memoryMb = 1024;
const timeoutMs = 15_000;
/** A sandbox that was started beforehand has nothing left to do when its first request comes. */
const restMs = 50;

/**
 * A function in the local cloud's sandboxes, each started for one request and ended after it.
 * @param options.folder its artifact, relative to the repository
 * @param options.endpointUrl where it finds AWS
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
    timeoutMs,
    memoryMb,
    maxSandboxes: 1,
    variables,
  };
  const payload = Buffer.from(JSON.stringify(event));
  return {
    async start({ prestarted = false, coreShare = 1 } = {}) {
      const startedAt = performance.now();
      const sandbox = await readySandbox(definition, kernel);
      const initMs = performance.now() - startedAt;
      if (prestarted) {
        await sleep(restMs);
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

/** Resolves when the sandbox asks for work. @throws Error when it ends before that */
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
