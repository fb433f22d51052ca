import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import { type Crash, unreliableWorld } from '../testing/unreliable-world.ts';
import { askForRefund, confirmedOrder, orderIn, type World } from '../testing/world.ts';

const CAPTURED_CENTS = 2400;
const requests = fc.array(
  fc.record({
    cents: fc.integer({ min: 1, max: CAPTURED_CENTS }),
    cups: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 5 },
);
const actions = fc.array(fc.constantFrom('settle', 'settle', 'report', 'refunded', 'report'), {
  maxLength: 8,
});
const outcomes = fc.array(
  fc.constantFrom<CallOutcome>('answered', 'answered', 'lost-before', 'lost-after', 'stored-fault'),
  { maxLength: 12 },
);
const crashes = fc.array(fc.constantFrom<Crash>('no', 'no', 'no', 'no', 'before', 'after'), {
  maxLength: 20,
});

/** The invariants of an order's refunds at any moment. */
async function expectConsistent(world: World, orderId: string) {
  const { stores, payments, provider } = world;
  const refunds = stores.allRefunds();
  const open = refunds.filter(({ state }) => state !== 'failed');
  const cents = open.reduce((sum, { amount }) => sum + amount.amountCents, 0);
  expect(cents).toBeLessThanOrEqual(CAPTURED_CENTS);
  expect(orderIn(world, orderId)?.refunded.cents).toBe(cents);
  const back = open.flatMap(({ restock }) => restock).reduce((sum, line) => sum + line.quantity, 0);
  expect(back).toBeLessThanOrEqual(2);
  const paid = refunds
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, { amount }) => sum + amount.amountCents, 0);
  const { accounts, sumCents } = await payments.readBalance();
  expect(sumCents).toEqual({ usd: 0 });
  expect(accounts.find(({ account }) => account === 'sales')?.balanceCents).toBe(
    paid - CAPTURED_CENTS,
  );
  const ids = provider.refunds.map(({ refundId }) => refundId);
  expect(new Set(ids).size).toBe(ids.length);
}

describe('refunds, for any messages in any order', () => {
  it('never exceed the captured amount, are paid once, and match the ledger', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        requests,
        actions,
        outcomes,
        crashes,
        fc.constantFrom('pm_card_visa', 'pm_staysPending'),
        async (scheduler, wanted, plan, ends, failures, card) => {
          const { world, faults } = unreliableWorld(scheduler, ends, failures);
          const orderId = await confirmedOrder(world, card);
          faults.on = true;
          const requesting = wanted.map(({ cents, cups }, index) =>
            askForRefund(world, orderId, cents, { key: `k${index}`, cups }),
          );
          const running = [
            ...requesting,
            ...plan.map((action, n) => act(world, orderId, action, n)),
          ];
          await scheduler.waitFor(Promise.allSettled(running));
          faults.on = false;
          await expectConsistent(world, orderId);
          for (const { refundId, status, ...rest } of [...world.provider.refunds]) {
            const decided = status === 'failed' ? status : 'succeeded';
            world.provider.refunds.splice(0, 1);
            world.provider.refunds.push({ ...rest, refundId, status: decided });
          }
          for (const { id: refundId } of world.stores.allRefunds()) {
            expect(await world.payments.settleRefund({ orderId, refundId })).toBe(
              card === 'pm_staysPending' && !isDecided(world, refundId) ? 'undecided' : 'settled',
            );
          }
          await expectConsistent(world, orderId);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const isDecided = ({ provider }: World, id: string) =>
  provider.refunds.some(({ refundId, status }) => refundId === id && status !== 'pending');

async function act(world: World, orderId: string, action: string, n: number): Promise<unknown> {
  const { payments, provider, stores } = world;
  const all = stores.allRefunds();
  const refundId = all[n % Math.max(all.length, 1)]?.id ?? 'none';
  if (action === 'settle') return payments.settleRefund({ orderId, refundId });
  const eventId = `evt_${n}`;
  if (action === 'refunded') return payments.acceptReport({ eventId, refundedOrderId: orderId });
  const made = provider.refunds[n % Math.max(provider.refunds.length, 1)];
  if (!made) return undefined;
  return payments.acceptReport({ eventId, refund: made });
}
