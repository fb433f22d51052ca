import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kill } from '../faults/support/control.ts';
import { ordersAmid } from '../faults/support/orders-amid-faults.ts';
import { seed, seededRandom } from '../faults/support/seeded.ts';

const ORDERS = 12;
/** Processes of the coordinator to kill. Each sandbox is killed amid the steps of an order. */
const KILLS = 4;
/** Between two kills a sandbox must start, which takes much longer on a busy machine. */
const MAX_ATTEMPTS = 300;

test(`killing the coordinator during ${ORDERS} orders loses nothing and charges nothing twice (seed ${seed})`, async (context) => {
  const random = seededRandom();
  let killed = 0;
  await ordersAmid(context, {
    orders: ORDERS,
    random,
    async fault() {
      for (let attempt = 0; killed < KILLS && attempt < MAX_ATTEMPTS; attempt += 1) {
        await sleep(20 + random() * 100);
        killed += await kill('checkout');
      }
    },
  });
  expect(killed, 'the fault must have happened').toBeGreaterThanOrEqual(KILLS);
});
