import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weather } from '../testing/fake-provider.ts';
import { stormyWorld } from '../testing/unreliable-world.ts';
import { placeTwoCups, quoteFor, type World } from '../testing/world.ts';
import type { Intent } from './index.ts';

const arrows = [
  'placed reserved',
  'placed rejected',
  'placed cancelled',
  'reserved charging',
  'reserved cancelled',
  'charging confirmed',
  'charging cancelled',
];

const actions = fc.array(
  fc.constantFrom('reserved', 'reserved', 'reserved', 'rejected', 'deadline', 'report', 'cancel'),
  { minLength: 2, maxLength: 8 },
);
const weathers = fc.array(
  fc.constantFrom<Weather>('fine', 'fine', 'lost-before', 'lost-after', 'stored-fault'),
  { minLength: 4, maxLength: 12 },
);
const crashes = fc.array(fc.constantFrom('no', 'no', 'no', 'no', 'no', 'before', 'after'), {
  maxLength: 20,
});
const paymentMethods = fc.constantFrom(
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_visa',
  'pm_declined',
  'pm_unknown',
);

/** What must be true of a settled order, whatever happened on the way. */
function expectSound({ stores, provider }: World, orderId: string): void {
  const order = stores.all.get(orderId);
  const history = order?.history.map(({ state }) => state) ?? [];
  for (const [index, state] of history.slice(1).entries()) {
    expect(arrows).toContain(`${history[index]} ${state}`);
  }
  expect(['confirmed', 'rejected', 'cancelled']).toContain(order?.state);
  const charged = [...provider.intents.values()].filter(({ status }) => status === 'succeeded');
  const confirmed = order?.state === 'confirmed' ? 1 : 0;
  expect(charged).toHaveLength(confirmed);
  expect(stores.journals.size).toBe(confirmed);
  const last = { confirmed: ['order.confirmed'], cancelled: ['order.cancelled'] };
  const expected = last[order?.state as keyof typeof last] ?? [];
  expect(stores.events.map(({ type }) => type)).toEqual(['order.placed', ...expected]);
}

describe('an order, whatever arrives in whatever order', () => {
  it('ends once, charged exactly when confirmed, through calls that are lost and writes that crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        actions,
        weathers,
        crashes,
        paymentMethods,
        async (scheduler, plan, skies, faults, paymentMethod) => {
          const { world, storm } = stormyWorld(scheduler, skies, faults);
          const orderId = await placeTwoCups(world, { paymentMethod });
          storm.over = false;
          const running = plan.map((action) => act(world, orderId, action).catch(() => 'crashed'));
          await scheduler.waitFor(Promise.all(running));
          storm.over = true;
          expect(await world.payments.settleOverdue(orderId)).toBe('settled');
          expectSound(world, orderId);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

async function act(world: World, orderId: string, action: string): Promise<unknown> {
  const { payments, provider } = world;
  if (action === 'reserved') return payments.chargeOrder(quoteFor(orderId));
  if (action === 'rejected') return payments.rejectOrder({ orderId, reason: 'out-of-stock' });
  if (action === 'deadline') return payments.settleOverdue(orderId);
  if (action === 'cancel') {
    return payments.cancelOrder({ orderId, caller: { accountId: 'ann', role: 'customer' } });
  }
  const intent = [...provider.intents.values()].at(-1) as Intent | undefined;
  return payments.acceptReport({ eventId: `evt_${intent?.status}`, ...(intent ? { intent } : {}) });
}
