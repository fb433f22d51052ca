import { setImmediate as nextTurn } from 'node:timers/promises';
import { flushSpans } from '../telemetry/process-telemetry.ts';

/** Exports the spans before the function responds. Afterwards the sandbox is frozen until the next invocation. */
export async function thenFlush<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    // A request's span ends when its response is sent, which may be one turn of the event loop later.
    await nextTurn();
    await flushSpans();
  }
}
