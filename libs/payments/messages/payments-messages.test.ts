import { RECONCILIATION, UNFINISHED_ORDERS_CHECK } from '@triptych/events';
import type { QueueMessage } from '@triptych/platform/queue';
import { captureLog } from '@triptych/platform/testing/captured-log';
import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import {
  askForRefund,
  confirmedOrder,
  newWorld,
  orderIn,
  placeTwoCups,
  quoteFor,
  refundIn,
} from '../testing/world.ts';
import { deadlineMessages, paymentsMessages } from './index.ts';

function message(type: string, source: string, data: unknown, receiveCount = 1): QueueMessage {
  const detail = { id: 'e1', occurredAt: '2026-11-22T10:00:00.000Z', data };
  return { id: 'm1', type, source, detail, body: '', receiveCount };
}
const reserved = (data: unknown, receiveCount = 1) =>
  message('stock.reserved', 'triptych.catalog', data, receiveCount);

describe('messages for payments', () => {
  it('charge a reserved order and reject an order without stock', async () => {
    const world = newWorld();
    const handle = paymentsMessages(world.payments, { now: () => 0 });
    const first = await placeTwoCups(world);
    const second = await placeTwoCups(world, { idempotencyKey: 'key-2' });
    expect(await handle(reserved(quoteFor(first)))).toBeUndefined();
    const rejection = { orderId: second, reason: 'price-differs' };
    await handle(message('stock.rejected', 'triptych.catalog', rejection));
    expect(orderIn(world, first)?.state).toBe('confirmed');
    expect(orderIn(world, second)).toMatchObject({
      state: 'rejected',
      reason: 'price-differs',
    });
  });

  it('return three times while a charge is undecided, then leave it to the deadline', async () => {
    const world = newWorld({ outcomeOf: async () => 'lost-before' });
    const orderId = await placeTwoCups(world);
    const handle = paymentsMessages(world.payments, { now: () => 0 });
    const waits: unknown[] = [];
    for (const count of [1, 2, 3, 4]) waits.push(await handle(reserved(quoteFor(orderId), count)));
    expect(waits.slice(0, 3)).toEqual(Array(3).fill({ retryAfterSeconds: expect.any(Number) }));
    expect(waits[3]).toBeUndefined();
  });

  it('settle a requested refund', async () => {
    const world = newWorld();
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 700);
    const handle = paymentsMessages(world.payments, { now: () => 0 });
    await handle(message('refund.requested', 'triptych.payments', { orderId, refundId }));
    expect(refundIn(world, refundId)?.state).toBe('succeeded');
  });

  it('reconcile two days on the daily schedule', async () => {
    const world = newWorld();
    await confirmedOrder(world);
    const since: number[] = [];
    const { statement } = world.provider;
    world.provider.statement = (sinceMs) => {
      since.push(sinceMs);
      return statement(sinceMs);
    };
    const clock = { now: () => world.clock.nowMs };
    const { source, 'detail-type': type, detail } = RECONCILIATION;
    const daily = message(type, source, detail);
    expect(await paymentsMessages(world.payments, clock)(daily)).toBeUndefined();
    expect(since).toEqual([world.clock.nowMs - 2 * 24 * 3_600_000]);
  });

  it('settle and count unfinished orders on the hourly schedule', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    world.clock.nowMs += 3_600_000;
    const { source, 'detail-type': type, detail } = UNFINISHED_ORDERS_CHECK;
    const handle = paymentsMessages(world.payments, { now: () => world.clock.nowMs });
    expect(await handle(message(type, source, detail))).toBeUndefined();
    expect(orderIn(world, orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
  });

  it('log each unfinished order that cannot be settled with its error, and settle the others', async () => {
    const lines = captureLog();
    const world = newWorld();
    const broken = await placeTwoCups(world);
    const unlisted = await placeTwoCups(world, { idempotencyKey: 'key-2' });
    world.stores.unlisted.add(unlisted);
    const { commit } = world.stores.orders;
    world.stores.orders.commit = async (change) => {
      if (change.to.id !== broken) return commit(change);
      throw Object.assign(new Error('cannot be written'), { code: 'ECONNREFUSED' });
    };
    world.clock.nowMs += 3_600_000;
    const { source, 'detail-type': type, detail } = UNFINISHED_ORDERS_CHECK;
    await paymentsMessages(world.payments, { now: () => 0 })(message(type, source, detail));
    expect(lines.filter(({ msg }) => msg === 'order unfinished')).toMatchObject([
      { level: 'error', orderId: broken, state: 'placed', code: 'ECONNREFUSED' },
    ]);
    expect(orderIn(world, unlisted)?.state).toBe('cancelled');
  });

  it('settle listed orders although the missing ones cannot be listed', async () => {
    const lines = captureLog();
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    world.stores.orders.listMissing = () => Promise.reject(new Error('no permission'));
    world.clock.nowMs += 3_600_000;
    const { source, 'detail-type': type, detail } = UNFINISHED_ORDERS_CHECK;
    await paymentsMessages(world.payments, { now: () => 0 })(message(type, source, detail));
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'unfinished orders not listed' }));
    expect(orderIn(world, orderId)?.state).toBe('cancelled');
  });

  it.each(['aws.events', 'triptych.schedule'])(
    'do not take a schedule without a message of its own for one of theirs: %s',
    async (source) => {
      const world = newWorld();
      const handle = paymentsMessages(world.payments, { now: () => 0 });
      const other = message('Scheduled Event', source, {});
      await expect(handle(other)).rejects.toThrow('no handler');
      expect(world.provider.calls).toEqual([]);
    },
  );

  it('fail when they violate the published schema', async () => {
    const { payments } = newWorld();
    const broken = paymentsMessages(payments, { now: () => 0 })(
      reserved({ orderId: 'o1', lines: [] }),
    );
    await expect(broken).rejects.toThrow('stock.reserved');
  });

  it.each(['stock.reservedd', 'order.placed', ''])('fail when their type is "%s"', async (type) => {
    const { payments } = newWorld();
    const unknown = message(type, 'triptych.catalog', {});
    await expect(paymentsMessages(payments, { now: () => 0 })(unknown)).rejects.toThrow(
      'no handler',
    );
  });
});

describe('messages of the deadline queue', () => {
  it('fail when their type is unknown', async () => {
    const unknown = deadlineMessages(newWorld().payments)(
      message('order.place', 'triptych.payments', {}),
    );
    await expect(unknown).rejects.toThrow('order.place: no handler');
  });

  it('read only the id of an order, so the rest of its event may be newer', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    const newer = message('order.placed', 'triptych.payments', { orderId, lines: 'many' });
    expect(await deadlineMessages(world.payments)(newer)).toBeUndefined();
    expect(orderIn(world, orderId)?.state).toBe('cancelled');
  });

  const placed = (orderId: string, receiveCount: number) =>
    message(
      'order.placed',
      'triptych.payments',
      {
        orderId,
        accountId: 'ann',
        lines: [{ productId: 'cup', quantity: 2 }],
        expectedTotalCents: 2400,
        currency: 'usd',
      },
      receiveCount,
    );

  it('settle an open order', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    expect(await deadlineMessages(world.payments)(placed(orderId, 1))).toBeUndefined();
    expect(orderIn(world, orderId)?.state).toBe('cancelled');
  });

  it('settle a pending refund, and return while the provider does not answer', async () => {
    const provider: { outcome: CallOutcome } = { outcome: 'answered' };
    const world = newWorld({ outcomeOf: async () => provider.outcome });
    const orderId = await confirmedOrder(world);
    const refundId = await askForRefund(world, orderId, 700);
    const late = message('refund.requested', 'triptych.payments', { orderId, refundId }, 5);
    provider.outcome = 'lost-before';
    const outcome = await deadlineMessages(world.payments)(late);
    expect(outcome?.retryAfterSeconds).toBeGreaterThan(0);
    provider.outcome = 'answered';
    expect(await deadlineMessages(world.payments)(late)).toBeUndefined();
    expect(refundIn(world, refundId)?.state).toBe('succeeded');
  });

  it('return with exponential backoff, at most ten minutes, until the order is settled', async () => {
    const stuck = newWorld({
      outcomeOf: async (call) => (call === 'create' ? 'answered' : 'lost-before'),
    });
    const stuckId = await placeTwoCups(stuck);
    await stuck.payments.chargeOrder(quoteFor(stuckId));
    const handle = deadlineMessages(stuck.payments);
    const waits: number[] = [];
    for (const count of [1, 4, 7, 12, 999]) {
      const outcome = await handle(placed(stuckId, count));
      waits.push(outcome ? outcome.retryAfterSeconds : -1);
    }
    expect(waits.slice(0, 4)).toEqual(waits.slice(0, 4).toSorted((a, b) => a - b));
    expect(waits[0]).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600);
    expect(Math.min(...waits.slice(3))).toBeGreaterThanOrEqual(450);
  });
});
