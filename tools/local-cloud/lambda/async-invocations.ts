import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation, Kernel } from '../kernel.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Lambda tries an asynchronous invocation three times; its pauses of minutes are seconds here. */
const PAUSES_MS = [1000, 2000];

/** Runs invocations nobody waits for, with Lambda's two retries; a final failure is logged. */
export function asyncInvocations(kernel: Kernel): {
  start(definition: FunctionDefinition, run: () => Promise<Invocation>): void;
  stop(): void;
} {
  const stopping = new AbortController();

  async function attempts(run: () => Promise<Invocation>): Promise<string | undefined> {
    let failure: string | undefined;
    for (const pauseMs of [0, ...PAUSES_MS]) {
      await sleep(pauseMs * (0.5 + kernel.random()), undefined, { signal: stopping.signal });
      try {
        const { functionError, payload } = await run();
        if (!functionError) return undefined;
        failure = payload.toString('utf8');
      } catch (error) {
        failure = String(error);
      }
    }
    return failure;
  }

  return {
    start({ stack, logicalId }, run) {
      attempts(run).then(
        (failure) => {
          if (failure === undefined) return;
          const text = `asynchronous invocation given up: ${failure}`;
          kernel.log({ at: Date.now(), stack, source: logicalId, text });
        },
        () => {}, // stopped meanwhile
      );
    },
    stop: () => stopping.abort(),
  };
}
