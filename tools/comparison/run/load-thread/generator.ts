import { parentPort } from 'node:worker_threads';
import { runOpenLoop } from '../../load/index.ts';
import { Journey, ShopConnection } from '../../workloads/index.ts';
import type { LoadAnswer, LoadBlock, LoadKind, LoadOrder, LoadOutcome } from './messages.ts';

/** The thread of `load-thread.ts`: sends one block at a time, and keeps connections from one to the next. */
const journeys = new Map<string, Journey>();
const controls = new Map<string, ShopConnection>();
let underWay = new AbortController();

parentPort?.on('message', async (order: LoadOrder) => {
  if (order === 'abort') return underWay.abort();
  underWay = new AbortController();
  const outcome: LoadOutcome = await sendBlock(order.block, underWay.signal).then(
    (samples) => ({ samples }),
    (error: Error) => ({ failure: error.message }),
  );
  parentPort?.postMessage(outcome);
});

function sendBlock(block: LoadBlock, signal: AbortSignal) {
  const { baseUrl, noiseUrl, makings, ...load } = block;
  const journey = kept(journeys, baseUrl, () => new Journey(new ShopConnection(baseUrl), makings));
  const send: Record<LoadKind, (signal: AbortSignal) => Promise<LoadAnswer>> = {
    browse: (given) => journey.browse(given),
    picture: (given) => journey.picture(given),
    'log-in': (given) => journey.logIn(given),
    order: (given) => journey.order(given),
    noise: async (given) => {
      if (noiseUrl === undefined) throw new Error('the noise control has no address');
      const control = kept(controls, noiseUrl, () => new ShopConnection(noiseUrl));
      await control.ask({ method: 'GET', path: '/', signal: given });
      return undefined;
    },
  };
  return runOpenLoop({ ...load, send: (kind, given) => send[kind](given), signal });
}

function kept<Value>(of: Map<string, Value>, key: string, make: () => Value): Value {
  const value = of.get(key) ?? make();
  of.set(key, value);
  return value;
}
