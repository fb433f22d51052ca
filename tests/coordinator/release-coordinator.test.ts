import { afterEach, expect, test } from 'vitest';
import { providerBehaves, release } from '../faults/support/control.ts';
import { ordersAmid } from '../faults/support/orders-amid-faults.ts';
import { seededRandom } from '../faults/support/seeded.ts';

afterEach(() => providerBehaves({}));

test('orders that wait for the provider survive a release of the coordinator and of payments', async (context) => {
  const ended = await ordersAmid(context, {
    orders: 6,
    random: seededRandom(),
    async fault() {
      await providerBehaves({ failWith500: 6, operations: ['confirm'] });
      await Promise.all([release('checkout'), release('payments')]);
    },
  });
  expect(ended).toHaveLength(6);
});
