import { parentPort } from 'node:worker_threads';
import { runOpenLoop } from '../../load/index.ts';
import { Journey, ShopConnection } from '../../workloads/index.ts';
import type { LoadAnswer, LoadBlock, LoadKind, LoadOrder, LoadOutcome } from './messages.ts';

/** The thread of `load-thread.ts`. Sends one block at a time and reuses connections between blocks. */
const journeys = new Map<string, Journey>();
const controls = new Map<string, ShopConnection>();
let current = new AbortController();

parentPort?.on('message', async (order: LoadOrder) => {
  if (order === 'abort') return current.abort();
  current = new AbortController();
  const outcome: LoadOutcome = await sendBlock(order.block, current.signal).then(
    (samples) => ({ samples }),
    (error: Error) => ({ failure: error.message }),
  );
  parentPort?.postMessage(outcome);
});

function sendBlock(block: LoadBlock, signal: AbortSignal) {
  const { baseUrl, noiseUrl, fixtures, ...load } = block;
  const journey = cached(
    journeys,
    baseUrl,
    () => new Journey(new ShopConnection(baseUrl), fixtures),
  );
  const send: Record<LoadKind, (signal: AbortSignal) => Promise<LoadAnswer>> = {
    browse: (given) => journey.browse(given),
    picture: (given) => journey.picture(given),
    'log-in': (given) => journey.logIn(given),
    order: (given) => journey.order(given),
    noise: async (given) => {
      if (noiseUrl === undefined) throw new Error('the noise control has no URL');
      const control = cached(controls, noiseUrl, () => new ShopConnection(noiseUrl));
      await control.ask({ method: 'GET', path: '/', signal: given });
      return undefined;
    },
  };
  return runOpenLoop({ ...load, send: (kind, given) => send[kind](given), signal });
}

function cached<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const value = cache.get(key) ?? make();
  cache.set(key, value);
  return value;
}
