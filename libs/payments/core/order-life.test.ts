import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import { type Crash, unreliableWorld } from '../testing/unreliable-world.ts';
import { orderIn, placeTwoCups, quoteFor, type World } from '../testing/world.ts';
import type { Intent } from './index.ts';

const TRANSITIONS = [
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
const outcomes = fc.array(
  fc.constantFrom<CallOutcome>('answered', 'answered', 'lost-before', 'lost-after', 'stored-fault'),
  { minLength: 4, maxLength: 12 },
);
const crashes = fc.array(fc.constantFrom<Crash>('no', 'no', 'no', 'no', 'no', 'before', 'after'), {
  maxLength: 20,
});
const paymentMethods = fc.constantFrom(
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_visa_chargeDeclined',
  'pm_unknown',
);

/** The invariants of a settled order. */
function expectConsistent(world: World, orderId: string): void {
  const { stores, provider } = world;
  const order = orderIn(world, orderId);
  const history = order?.history.map(({ state }) => state) ?? [];
  for (const [index, state] of history.slice(1).entries()) {
    expect(TRANSITIONS).toContain(`${history[index]} ${state}`);
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

describe('an order, for any messages in any order', () => {
  it('is settled once, and charged only if confirmed, despite lost calls and crashes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        actions,
        outcomes,
        crashes,
        paymentMethods,
        async (scheduler, plan, ends, failures, paymentMethod) => {
          const { world, faults } = unreliableWorld(scheduler, ends, failures);
          const orderId = await placeTwoCups(world, { paymentMethod });
          faults.on = true;
          const running = plan.map((action) => act(world, orderId, action).catch(() => 'crashed'));
          await scheduler.waitFor(Promise.all(running));
          faults.on = false;
          expect(await world.payments.settleOverdue(orderId)).toBe('settled');
          expectConsistent(world, orderId);
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
