import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import {
  askForRefund,
  confirmedOrder,
  newWorld,
  orderIn,
  refundIn,
  type World,
} from '../testing/world.ts';
import { MAX_REFUNDS, type ProviderRefund } from './index.ts';

const stateOf = (world: World, refundId: string) => refundIn(world, refundId)?.state;
const sales = async ({ payments }: World) => {
  const { accounts, sumCents } = await payments.readBalance();
  expect(sumCents).toEqual({ usd: 0 });
  return -(accounts.find(({ account }) => account === 'sales')?.balanceCents ?? 0);
};

describe('a refund', () => {
  it('is stored, paid back, booked, and published with the lines to restock', async () => {
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

  it('cannot exceed the captured amount, even as one of several', async () => {
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

  it('succeeds when the provider refuses it because a concurrent attempt carried it out', async () => {
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

  it('stays succeeded when the provider refuses it after a report of its success', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 700);
    const { createRefund } = world.provider;
    world.provider.listRefunds = async () => [];
    world.provider.createRefund = async (request) => {
      await createRefund(request);
      const [refund] = world.provider.refunds;
      await world.payments.acceptReport({ eventId: 'evt_1', ...(refund ? { refund } : {}) });
      return { kind: 'refused', code: 'charge_already_refunded' };
    };
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
    expect(stateOf(world, refundId)).toBe('succeeded');
    expect(await sales(world)).toBe(1700);
  });

  it('is rejected for one of two concurrent requests that together exceed the order', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const two = await Promise.allSettled(
      ['a', 'b'].map((key) => askForRefund(world, orderId, 1300, { key })),
    );
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(world.stores.allRefunds()).toHaveLength(1);
  });

  it('restocks at most the ordered quantity, and can be requested twenty times per order', async () => {
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

  it('is rejected for an order that is not confirmed', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world, 'pm_card_visa_chargeDeclined');
    await expect(askForRefund(world, orderId, 1)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'invalid-transition',
    });
  });

  it('frees its amount when the provider refuses it', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 2400, { cups: 2 });
    const intentId = orderIn(world, orderId)?.intentId ?? '';
    const stray = { orderId, refundId: 'other', attempt: 1, intentId };
    await world.provider.createRefund({ ...stray, amount: { amountCents: 2400, currency: 'usd' } });
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
    expect(refundIn(world, refundId)).toMatchObject({
      state: 'failed',
      reason: 'charge_already_refunded',
    });
    await askForRefund(world, orderId, 2399, { key: 'again', cups: 2 });
    expect(await sales(world)).toBe(2400);
  });

  it.each<CallOutcome>(['lost-before', 'lost-after', 'stored-fault'])(
    'is paid back once when the first call ends as %s',
    async (outcome) => {
      const outcomes: Record<string, CallOutcome[]> = { refund: [outcome] };
      const world = newWorld({
        outcomeOf: async (call) => outcomes[call]?.shift() ?? 'answered',
      });
      const orderId = await confirmedOrder(world);
      const refundId = await askForRefund(world, orderId, 700);
      expect(await world.payments.settleRefund({ orderId, refundId })).toBe('undecided');
      expect(await world.payments.settleRefund({ orderId, refundId })).toBe('settled');
      expect(world.provider.refunds).toHaveLength(1);
      expect(stateOf(world, refundId)).toBe('succeeded');
    },
  );
});

describe("the provider's report on a refund", () => {
  async function pendingRefund() {
    const world = newWorld();
    const orderId = await confirmedOrder(world, 'pm_staysPending');
    const refundId = await askForRefund(world, orderId, 700, { cups: 1 });
    expect(await world.payments.settleRefund({ orderId, refundId })).toBe('undecided');
    const reported = world.provider.refunds[0] as ProviderRefund;
    let events = 0;
    const report = (status: ProviderRefund['status']) => {
      events += 1;
      const refund = { ...reported, status };
      return world.payments.acceptReport({ eventId: `evt_${events}`, refund });
    };
    return { world, orderId, refundId, reported, report };
  }

  it('only moves it forward: a second success changes nothing, and failed is final', async () => {
    const { world, refundId, report } = await pendingRefund();
    await report('succeeded');
    await report('succeeded');
    await report('pending');
    expect(stateOf(world, refundId)).toBe('succeeded');
    expect(await sales(world)).toBe(1700);
    await report('failed');
    await report('succeeded');
    expect(stateOf(world, refundId)).toBe('failed');
    expect(await sales(world)).toBe(2400);
    expect(world.stores.events.filter(({ type }) => type === 'order.refunded')).toHaveLength(1);
  });

  it('keeps restocked units counted when the bank returns the money', async () => {
    const { world, orderId, report } = await pendingRefund();
    await report('succeeded');
    await report('failed');
    const again = askForRefund(world, orderId, 700, { key: 'again', cups: 2 });
    await expect(again).rejects.toMatchObject({ code: 'restock-exceeds-order' });
    await askForRefund(world, orderId, 2400, { key: 'again', cups: 1 });
  });

  it('without a refund makes payments list the refunds, but only while one is pending', async () => {
    const { world, orderId, refundId, reported } = await pendingRefund();
    world.provider.refunds[0] = { ...reported, status: 'succeeded' };
    await world.payments.acceptReport({ eventId: 'evt_a', refundedOrderId: orderId });
    expect(stateOf(world, refundId)).toBe('succeeded');
    const calls = world.provider.calls.length;
    await world.payments.acceptReport({ eventId: 'evt_b', refundedOrderId: orderId });
    expect(world.provider.calls).toHaveLength(calls);
  });

  it('is ignored for a refund that the shop did not make', async () => {
    const { world, reported } = await pendingRefund();
    const stray = { ...reported, id: 're_stray', refundId: null };
    await world.payments.acceptReport({ eventId: 'evt_a', refund: stray });
    const unknown = { ...reported, refundId: 'none' };
    await world.payments.acceptReport({ eventId: 'evt_b', refund: unknown });
    expect(world.stores.allRefunds()).toHaveLength(1);
  });

  it('fails when the amount is another one', async () => {
    const { world, refundId, reported } = await pendingRefund();
    const refund = { ...reported, amount: { amountCents: 1, currency: 'usd' } };
    const accepting = world.payments.acceptReport({ eventId: 'evt_a', refund });
    await expect(accepting).rejects.toMatchObject({ code: 'amount-differs' });
    expect(stateOf(world, refundId)).toBe('pending');
  });
});
