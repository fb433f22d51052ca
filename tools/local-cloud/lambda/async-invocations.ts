import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation, Kernel } from '../kernel.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Pauses before the two retries. Lambda waits for minutes. */
const PAUSES_MS = [1000, 2000];

/**
 * Runs asynchronous invocations with Lambda's two retries. Logs an invocation that fails three
 * times.
 */
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
          const text = `asynchronous invocation failed after all retries: ${failure}`;
          kernel.log({ at: Date.now(), stack, source: logicalId, text });
        },
        () => {}, // stopped in the meantime
      );
    },
    stop: () => stopping.abort(),
  };
}
