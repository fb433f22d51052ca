import { afterEach, test } from 'vitest';
import { misbehave, providerBehaves } from '../faults/support/control.ts';
import { ordersAmid } from '../faults/support/orders-amid-faults.ts';
import { seed, seededRandom } from '../faults/support/seeded.ts';

const NO_FAULTS = { dropAnswers: 0, duplicateDeliveries: 0, reorderDeliveries: false };

afterEach(async () => {
  await misbehave(NO_FAULTS);
  await providerBehaves({});
});

test(`lost responses of AWS and of the provider, and duplicate messages, charge nothing twice (seed ${seed})`, async (context) => {
  await ordersAmid(context, {
    orders: 12,
    random: seededRandom(),
    async fault() {
      await providerBehaves({ dropAnswers: 6, operations: ['create', 'confirm', 'retrieve'] });
      await misbehave({
        seed,
        dropAnswers: 0.1,
        duplicateDeliveries: 0.8,
        reorderDeliveries: true,
      });
    },
  });
});
