import { describe, expect, it } from 'vitest';
import { askForRefund, confirmedOrder, newWorld, type World } from '../testing/world.ts';
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
  it('finds nothing where both books agree, and changes nothing', async () => {
    const { world } = await soldAndRefunded();
    const before = structuredClone([world.stores.all, world.stores.allRefunds]);
    expect(await codes(world)).toEqual([]);
    expect([world.stores.all, world.stores.allRefunds]).toEqual(before);
  });

  it('names a charge that no order of ours accounts for', async () => {
    const { world, intent } = await soldAndRefunded();
    world.provider.intents.set('pi_x', { ...intent, id: 'pi_x', orderId: null });
    world.provider.intents.set('pi_y', { ...intent, id: 'pi_y' });
    const differences = await world.payments.reconcile(0);
    expect(differences.map(({ code, id }) => `${code} ${id}`)).toEqual([
      'charge-not-booked pi_x',
      'charge-not-booked pi_y',
    ]);
  });

  it('names other amounts', async () => {
    const { world, intent } = await soldAndRefunded();
    const amount = { amountCents: 1, currency: 'usd' };
    world.provider.intents.set(intent.id, { ...intent, amount });
    world.provider.refunds[0] = { ...(world.provider.refunds[0] as ProviderRefund), amount };
    expect(await codes(world)).toEqual(['charge-amount-differs', 'refund-amount-differs']);
  });

  it('names a refund that was made behind our back, but none that failed', async () => {
    const { world } = await soldAndRefunded();
    const refund = world.provider.refunds[0] as ProviderRefund;
    world.provider.refunds.push({ ...refund, id: 're_x', refundId: null });
    world.provider.refunds.push({ ...refund, id: 're_y', refundId: null, status: 'failed' });
    const differences = await world.payments.reconcile(0);
    expect(differences).toMatchObject([{ code: 'refund-not-booked', id: 're_x' }]);
  });

  it('names what is booked here alone', async () => {
    const { world, intent } = await soldAndRefunded();
    world.provider.intents.delete(intent.id);
    world.provider.refunds.length = 0;
    expect(await codes(world)).toEqual(['charge-not-at-provider', 'refund-not-at-provider']);
  });

  it('leaves time to what is still on its way into our books, fifteen minutes', async () => {
    let silent = false;
    const world = newWorld({ weather: async () => (silent ? 'lost-after' : 'fine') });
    const orderId = await confirmedOrder(world);
    await askForRefund(world, orderId, 500);
    const [refundId = ''] = world.stores.allRefunds.keys();
    const intentId = world.stores.all.get(orderId)?.intentId ?? '';
    const amount = { amountCents: 500, currency: 'usd' };
    silent = true;
    await world.provider.createRefund({ orderId, refundId, attempt: 1, intentId, amount });
    silent = false;
    expect(await codes(world)).toEqual([]);
    const madeMs = world.clock.nowMs;
    world.provider.statement = async function* () {
      yield { kind: 'refund', ...(world.provider.refunds[0] as ProviderRefund), atMs: madeMs };
    };
    world.clock.nowMs += 15 * 60_000;
    expect(await codes(world, world.clock.nowMs)).toEqual(['refund-not-booked']);
  });

  it('names a ledger that does not sum to zero', async () => {
    const { world } = await soldAndRefunded();
    const [journal] = world.stores.journals.values();
    if (!journal) throw new Error('nothing is booked');
    const postings = journal.postings.slice(0, 1);
    world.stores.journals.set(journal.id, { ...journal, postings });
    expect(await codes(world)).toContain('ledger-unbalanced');
  });
});
