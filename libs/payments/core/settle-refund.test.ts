import { describe, expect, it } from 'vitest';
import type { Weather } from '../testing/fake-provider.ts';
import { askForRefund, confirmedOrder, newWorld, type World } from '../testing/world.ts';
import { MAX_REFUNDS, type ProviderRefund } from './index.ts';

const stateOf = ({ stores }: World, refundId: string) => stores.allRefunds.get(refundId)?.state;
const sales = async ({ payments }: World) => {
  const { accounts, sumCents } = await payments.readBalance();
  expect(sumCents).toEqual({ usd: 0 });
  return -(accounts.find(({ account }) => account === 'sales')?.balanceCents ?? 0);
};

describe('a refund', () => {
  it('is written down, paid back, booked, and told with the lines to restock', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 1000, { cups: 1 });
    expect(stateOf(world, refundId)).toBe('pending');
    expect(world.stores.events.at(-1)).toMatchObject({
      type: 'refund.requested',
      data: { orderId, refundId },
    });
    expect(world.provider.refunds).toEqual([]);
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
    expect(stateOf(world, refundId)).toBe('succeeded');
    expect(world.stores.events.at(-1)?.data).toEqual({
      orderId,
      refundId,
      amountCents: 1000,
      currency: 'usd',
      restock: [{ productId: 'cup', quantity: 1 }],
    });
    expect(await sales(world)).toBe(1400);
  });

  it('is bounded by what was captured, over several of them', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    await askForRefund(world, orderId, 1000, { key: 'a' });
    await askForRefund(world, orderId, 1400, { key: 'b' });
    await expect(askForRefund(world, orderId, 1, { key: 'c' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'refund-exceeds-captured',
    });
    expect(await askForRefund(world, orderId, 1000, { key: 'a' })).toMatch(/^order-/);
  });

  it('succeeds when the provider refuses it because a rival has just had it paid back', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 2400);
    const { createRefund } = world.provider;
    world.provider.createRefund = async (request) => {
      await createRefund(request);
      return { kind: 'refused', code: 'charge_already_refunded' };
    };
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
    expect(stateOf(world, refundId)).toBe('succeeded');
    expect(await sales(world)).toBeCloseTo(0);
  });

  it('is refused to one of two that ask for more than half at once', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const two = await Promise.allSettled(
      ['a', 'b'].map((key) => askForRefund(world, orderId, 1300, { key })),
    );
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(world.stores.allRefunds.size).toBe(1);
  });

  it('restocks no more than was ordered, and comes twenty times at most', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const restocking = askForRefund(world, orderId, 1, { cups: 3 });
    await expect(restocking).rejects.toMatchObject({ code: 'restock-exceeds-order' });
    for (let made = 0; made < MAX_REFUNDS; made += 1) {
      await askForRefund(world, orderId, 1, { key: `many-${made}` });
    }
    const more = askForRefund(world, orderId, 1, { key: 'more' });
    await expect(more).rejects.toMatchObject({ code: 'too-many-refunds' });
  });

  it('is refused for an order that is not confirmed', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world, 'pm_declined');
    await expect(askForRefund(world, orderId, 1)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'invalid-transition',
    });
  });

  it('frees its amount again when the provider refuses it', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 2400, { cups: 2 });
    const intentId = world.stores.all.get(orderId)?.intentId ?? '';
    const stray = { orderId, refundId: 'other', attempt: 1, intentId };
    await world.provider.createRefund({ ...stray, amount: { amountCents: 1, currency: 'usd' } });
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
    expect(world.stores.allRefunds.get(refundId)).toMatchObject({
      state: 'failed',
      reason: 'charge_already_refunded',
    });
    await askForRefund(world, orderId, 2399, { key: 'again', cups: 2 });
    expect(await sales(world)).toBe(2400);
  });

  it.each<Weather>(['lost-before', 'lost-after', 'stored-fault'])(
    'is paid back once when the first answer is %s',
    async (weather) => {
      const forecast: Record<string, Weather[]> = { refund: [weather] };
      const world = newWorld({ weather: async (call) => forecast[call]?.shift() ?? 'fine' });
      const orderId = await confirmedOrder(world);
      const refundId = await askForRefund(world, orderId, 700);
      expect(await world.payments.settleRefund({ orderId, refundId })).toBe('undecided');
      expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
      expect(world.provider.refunds).toHaveLength(1);
      expect(stateOf(world, refundId)).toBe('succeeded');
    },
  );
});

describe("the provider's word on a refund", () => {
  async function pendingRefund() {
    const world = newWorld();
    const orderId = await confirmedOrder(world, 'pm_pending');
    const refundId = await askForRefund(world, orderId, 700, { cups: 1 });
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('undecided');
    const word = world.provider.refunds[0] as ProviderRefund;
    let events = 0;
    const say = (status: ProviderRefund['status']) => {
      events += 1;
      const refund = { ...word, status };
      return world.payments.acceptReport({ eventId: `evt_${events}`, refund });
    };
    return { world, orderId, refundId, word, say };
  }

  it('moves it forward only: succeeded twice is once, and failed is the end', async () => {
    const { world, refundId, say } = await pendingRefund();
    await say('succeeded');
    await say('succeeded');
    await say('pending');
    expect(stateOf(world, refundId)).toBe('succeeded');
    expect(await sales(world)).toBe(1700);
    await say('failed');
    await say('succeeded');
    expect(stateOf(world, refundId)).toBe('failed');
    expect(await sales(world)).toBe(2400);
    expect(world.stores.events.filter(({ type }) => type === 'order.refunded')).toHaveLength(1);
  });

  it('keeps restocked goods counted when the bank sends the money back', async () => {
    const { world, orderId, say } = await pendingRefund();
    await say('succeeded');
    await say('failed');
    const again = askForRefund(world, orderId, 700, { key: 'again', cups: 2 });
    await expect(again).rejects.toMatchObject({ code: 'restock-exceeds-order' });
    await askForRefund(world, orderId, 2400, { key: 'again', cups: 1 });
  });

  it('that something was refunded makes it look, and only while something is pending', async () => {
    const { world, orderId, refundId, word } = await pendingRefund();
    world.provider.refunds[0] = { ...word, status: 'succeeded' };
    await world.payments.acceptReport({ eventId: 'evt_a', refundedOrderId: orderId });
    expect(stateOf(world, refundId)).toBe('succeeded');
    const calls = world.provider.calls.length;
    await world.payments.acceptReport({ eventId: 'evt_b', refundedOrderId: orderId });
    expect(world.provider.calls).toHaveLength(calls);
  });

  it('about a refund that was not made here is left to the reconciliation', async () => {
    const { world, word } = await pendingRefund();
    const stray = { ...word, id: 're_stray', refundId: null };
    await world.payments.acceptReport({ eventId: 'evt_a', refund: stray });
    const unknown = { ...word, refundId: 'none' };
    await world.payments.acceptReport({ eventId: 'evt_b', refund: unknown });
    expect(world.stores.allRefunds.size).toBe(1);
  });

  it('with another amount is raised', async () => {
    const { world, refundId, word } = await pendingRefund();
    const refund = { ...word, amount: { amountCents: 1, currency: 'usd' } };
    const report = world.payments.acceptReport({ eventId: 'evt_a', refund });
    await expect(report).rejects.toMatchObject({ code: 'amount-differs' });
    expect(stateOf(world, refundId)).toBe('pending');
  });
});
