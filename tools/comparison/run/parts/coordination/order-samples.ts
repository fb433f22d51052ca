import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationCount } from '@triptych/local-cloud';
import { seededRandom, shuffled } from '../../../statistics/index.ts';
import { ShopConnection } from '../../../workloads/index.ts';
import type { PartContext } from '../../part.ts';
import { startNoiseControl } from '../latency/noise-control.ts';
import { operationsSince } from '../work/operation-delta.ts';
import type { Contender } from './contender.ts';

/** Rounds that are measured whatever the time. With fewer than 30, no row has a winner. */
const MIN_ROUNDS = { quick: 8, full: 31 } as const;
const MAX_ROUNDS = 60;
/** Orders whose samples do not count, so that every sandbox has started. */
const WARM_UP = 3;
/** After the confirmation, the coordinator still moves the stock and ends. */
const TAIL_MS = 300;

/** One order, measured from the request to the end of its coordinator. */
export interface OrderSample {
  /** From sending the request to the time of the confirmation in the order's history. */
  readonly confirmedMs: number;
  /** The noise control right before the order. */
  readonly noiseMs: number;
  readonly operations: readonly OperationCount[];
}

/**
 * Places one order after another, each contender once per round in a new random order, so that a slow minute of the machine
 * affects all of them.
 * @param until no round starts after this time once there are enough; on the clock of `performance.now`
 * @returns the samples by contender
 */
export async function orderSamples(
  contenders: readonly Contender[],
  { mode, seed, signal, progress }: Pick<PartContext, 'mode' | 'seed' | 'signal' | 'progress'>,
  until: number,
): Promise<ReadonlyMap<Contender, readonly OrderSample[]>> {
  const random = seededRandom(seed);
  const samples = new Map(contenders.map((one): [Contender, OrderSample[]] => [one, []]));
  const noise = await startNoiseControl();
  const plain = new ShopConnection(noise.baseUrl);
  try {
    for (const { journey } of contenders) {
      for (let order = 0; order < WARM_UP; order += 1) await journey.order(signal);
    }
    for (let round = 0; round < MAX_ROUNDS && !signal.aborted; round += 1) {
      if (round >= MIN_ROUNDS[mode] && performance.now() > until) break;
      progress(round, MIN_ROUNDS[mode], 'orders');
      for (const one of shuffled(contenders, random)) {
        samples.get(one)?.push(await measure(one, plain, signal));
      }
    }
    return samples;
  } catch (error) {
    // An interrupted run keeps the orders so far.
    if (signal.aborted) return samples;
    throw error;
  } finally {
    plain.close();
    await noise.stop();
  }
}

async function measure(
  { target, journey }: Contender,
  plain: ShopConnection,
  signal: AbortSignal,
): Promise<OrderSample> {
  const { cloud } = target.local.shop;
  const before = cloud.operations();
  const since = performance.now();
  await plain.ask({ method: 'GET', path: '/' });
  const noiseMs = performance.now() - since;
  // The shop's timestamps are from the same clock.
  const sentAt = performance.timeOrigin + performance.now();
  const { order, token } = await journey.place(signal);
  const { history, state } = await journey.ended(order.id, token, signal);
  const confirmed = history.find((entry) => entry.state === 'confirmed');
  if (!confirmed) throw new Error(`order ${order.id} is ${state}`);
  await sleep(TAIL_MS);
  return {
    confirmedMs: Date.parse(confirmed.at) - sentAt,
    noiseMs,
    operations: operationsSince(before, cloud.operations()),
  };
}
