import { describe, expect, it } from 'vitest';
import {
  askForRefund,
  confirmedOrder,
  newWorld,
  orderIn,
  placeTwoCups,
  type World,
} from '../testing/world.ts';
import type { Intent, ProviderRefund } from './index.ts';

async function soldAndRefunded() {
  const world = newWorld();
  const orderId = await confirmedOrder(world);
  const refundId = await askForRefund(world, orderId, 1000);
  await world.payments.settleRefund({ orderId, refundId });
  const intent = [...world.provider.intents.values()][0] as Intent;
  return { world, orderId, refundId, intent };
}
const codes = async ({ payments }: World, sinceMs = 0) =>
  (await payments.reconcile(sinceMs)).map(({ code }) => code);

describe('reconciliation', () => {
  it('finds no difference when both sides agree, and changes nothing', async () => {
    const { world } = await soldAndRefunded();
    const records = () => [world.stores.ordersById, world.stores.allRefunds()];
    const before = structuredClone(records());
    expect(await codes(world)).toEqual([]);
    expect(records()).toEqual(before);
  });

  it('reports a charge that no order of the shop accounts for', async () => {
    const { world, intent } = await soldAndRefunded();
    world.provider.intents.set('pi_y', { ...intent, id: 'pi_y' });
    world.provider.intents.set('pi_x', { ...intent, id: 'pi_x', orderId: null });
    const differences = await world.payments.reconcile(0);
    expect(differences.map(({ code, id }) => `${code} ${id}`)).toEqual([
      'charge-not-booked pi_x',
      'charge-not-booked pi_y',
    ]);
  });

  it('reports amounts that differ', async () => {
    const { world, intent } = await soldAndRefunded();
    const amount = { amountCents: 1, currency: 'usd' };
    world.provider.intents.set(intent.id, { ...intent, amount });
    world.provider.refunds[0] = { ...(world.provider.refunds[0] as ProviderRefund), amount };
    expect(await codes(world)).toEqual(['charge-amount-differs', 'refund-amount-differs']);
  });

  it('reports a refund that the shop did not make, unless it failed', async () => {
    const { world } = await soldAndRefunded();
    const refund = world.provider.refunds[0] as ProviderRefund;
    world.provider.refunds.push({ ...refund, id: 're_x', refundId: null });
    world.provider.refunds.push({ ...refund, id: 're_y', refundId: null, status: 'failed' });
    const differences = await world.payments.reconcile(0);
    expect(differences).toMatchObject([{ code: 'refund-not-booked', id: 're_x' }]);
  });

  it('reports journals that the provider does not know', async () => {
    const { world, intent } = await soldAndRefunded();
    world.provider.intents.delete(intent.id);
    world.provider.refunds.length = 0;
    expect(await codes(world)).toEqual(['charge-not-at-provider', 'refund-not-at-provider']);
  });

  it('reports a pending refund only after fifteen minutes', async () => {
    let answers = true;
    const world = newWorld({ outcomeOf: async () => (answers ? 'answered' : 'lost-after') });
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 500);
    const intentId = orderIn(world, orderId)?.intentId ?? '';
    const amount = { amountCents: 500, currency: 'usd' };
    answers = false;
    await world.provider.createRefund({ orderId, refundId, attempt: 1, intentId, amount });
    answers = true;
    expect(await codes(world)).toEqual([]);
    const madeMs = world.clock.nowMs;
    world.provider.statement = async function* () {
      yield { kind: 'refund', ...(world.provider.refunds[0] as ProviderRefund), atMs: madeMs };
    };
    world.clock.nowMs += 15 * 60_000;
    expect(await codes(world, world.clock.nowMs)).toEqual(['refund-not-booked']);
  });

  it('reports orders that have not ended 45 minutes after they were placed, however old', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    world.clock.nowMs += 44 * 60_000;
    expect(await codes(world)).toEqual([]);
    world.clock.nowMs += 2 * 60_000;
    expect(await world.payments.reconcile(world.clock.nowMs)).toEqual([
      {
        code: 'order-unfinished',
        orderId,
        id: orderId,
        detail: 'placed at 2026-11-22T10:00:00.000Z and still placed',
      },
    ]);
    await world.payments.settleOverdue(orderId);
    expect(await codes(world)).toEqual([]);
  });

  it('reports a ledger that does not sum to zero', async () => {
    const { world } = await soldAndRefunded();
    const [journal] = world.stores.journals.values();
    if (!journal) throw new Error('nothing is booked');
    const postings = journal.postings.slice(0, 1);
    world.stores.journals.set(journal.id, { ...journal, postings });
    expect(await codes(world)).toContain('ledger-unbalanced');
  });
});
