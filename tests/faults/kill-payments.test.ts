import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kill } from './support/control.ts';
import { ordersAmid } from './support/orders-amid-faults.ts';
import { seed, seededRandom } from './support/seeded.ts';

const ORDERS = 20;

test(`killing payments during ${ORDERS} orders loses nothing and charges nothing twice (seed ${seed})`, async (context) => {
  const random = seededRandom();
  let killed = 0;
  await ordersAmid(context, {
    orders: ORDERS,
    random,
    async fault() {
      for (let count = 0; count < 3; count += 1) {
        await sleep(20 + random() * 250);
        killed += await kill('payments');
      }
    },
  });
  expect(killed, 'the fault must have happened').toBeGreaterThan(0);
});
