import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weather } from '../testing/fake-provider.ts';
import { stormyWorld } from '../testing/unreliable-world.ts';
import { askForRefund, confirmedOrder, type World } from '../testing/world.ts';

const captured = 2400;
const asks = fc.array(
  fc.record({ cents: fc.integer({ min: 1, max: captured }), cups: fc.integer({ min: 0, max: 2 }) }),
  { minLength: 1, maxLength: 5 },
);
const actions = fc.array(fc.constantFrom('settle', 'settle', 'word', 'refunded', 'fails'), {
  maxLength: 8,
});
const weathers = fc.array(
  fc.constantFrom<Weather>('fine', 'fine', 'lost-before', 'lost-after', 'stored-fault'),
  { maxLength: 12 },
);
const crashes = fc.array(fc.constantFrom('no', 'no', 'no', 'no', 'before', 'after'), {
  maxLength: 20,
});

/** What must be true at any moment, whatever happened on the way. */
async function expectBounded({ stores, payments, provider }: World, orderId: string) {
  const refunds = [...stores.allRefunds.values()];
  const open = refunds.filter(({ state }) => state !== 'failed');
  const cents = open.reduce((sum, { amount }) => sum + amount.amountCents, 0);
  expect(cents).toBeLessThanOrEqual(captured);
  expect(stores.all.get(orderId)?.refunded?.cents ?? 0).toBe(cents);
  const back = open.flatMap(({ restock }) => restock).reduce((sum, line) => sum + line.quantity, 0);
  expect(back).toBeLessThanOrEqual(2);
  const paid = refunds
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, { amount }) => sum + amount.amountCents, 0);
  const { accounts, sumCents } = await payments.readBalance();
  expect(sumCents).toEqual({ usd: 0 });
  expect(accounts.find(({ account }) => account === 'sales')?.balanceCents).toBe(paid - captured);
  const ids = provider.refunds.map(({ refundId }) => refundId);
  expect(new Set(ids).size).toBe(ids.length);
}

describe('refunds, whatever arrives in whatever order', () => {
  it('never exceed what was captured, are paid once, and leave a ledger that agrees', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        asks,
        actions,
        weathers,
        crashes,
        fc.constantFrom('pm_card_visa', 'pm_pending'),
        async (scheduler, wanted, plan, skies, faults, card) => {
          const { world, storm } = stormyWorld(scheduler, skies, faults);
          const orderId = await confirmedOrder(world, card);
          storm.over = false;
          const asking = wanted.map(({ cents, cups }, index) =>
            askForRefund(world, orderId, cents, { key: `k${index}`, cups }),
          );
          const running = [...asking, ...plan.map((action, n) => act(world, orderId, action, n))];
          await scheduler.waitFor(Promise.allSettled(running));
          storm.over = true;
          await expectBounded(world, orderId);
          for (const { refundId, status, ...rest } of [...world.provider.refunds]) {
            const word = { ...rest, refundId, status: status === 'failed' ? status : 'succeeded' };
            world.provider.refunds.splice(0, 1);
            world.provider.refunds.push(word as (typeof world.provider.refunds)[number]);
          }
          for (const refundId of world.stores.allRefunds.keys()) {
            expect(await world.payments.settleRefund({ orderId, refundId })).toBe(
              card === 'pm_pending' && !known(world, refundId) ? 'undecided' : 'settled',
            );
          }
          await expectBounded(world, orderId);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const known = ({ provider }: World, id: string) =>
  provider.refunds.some(({ refundId, status }) => refundId === id && status !== 'pending');

async function act(world: World, orderId: string, action: string, n: number): Promise<unknown> {
  const { payments, provider, stores } = world;
  const ids = [...stores.allRefunds.keys()];
  const refundId = ids[n % Math.max(ids.length, 1)] ?? 'none';
  if (action === 'settle') return payments.settleRefund({ orderId, refundId });
  const eventId = `evt_${n}`;
  if (action === 'refunded') return payments.acceptReport({ eventId, refundedOrderId: orderId });
  const made = provider.refunds[n % Math.max(provider.refunds.length, 1)];
  if (!made) return undefined;
  return payments.acceptReport({ eventId, refund: made });
}
