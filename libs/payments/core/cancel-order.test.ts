import { describe, expect, it } from 'vitest';
import { newWorld, placeTwoCups, quoteFor } from '../testing/world.ts';
import type { Caller } from './index.ts';

const ann: Caller = { accountId: 'ann', role: 'customer' };

describe('cancelling an order', () => {
  it('cancels a placed order once and releases its stock, however many requests arrive', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    const [first, ...others] = await Promise.all(
      [1, 2, 3].map(() => world.payments.cancelOrder({ orderId, caller: ann })),
    );
    expect(first).toMatchObject({ state: 'cancelled', reason: 'customer' });
    for (const other of others) expect(other).toEqual(first);
    expect(world.stores.events.map(({ type }) => type)).toEqual([
      'order.placed',
      'order.cancelled',
    ]);
  });

  it('prevents a late reservation from being charged', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.cancelOrder({ orderId, caller: ann });
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(world.provider.calls).toEqual([]);
  });

  it('fails while the charge is running and after it', async () => {
    const world = newWorld({
      outcomeOf: async (call) => (call === 'create' ? 'answered' : 'lost-before'),
    });
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    const invalid = { kind: 'conflict', code: 'invalid-transition' };
    await expect(world.payments.cancelOrder({ orderId, caller: ann })).rejects.toMatchObject(
      invalid,
    );
    const paid = newWorld();
    const paidId = await placeTwoCups(paid);
    await paid.payments.chargeOrder(quoteFor(paidId));
    await expect(paid.payments.cancelOrder({ orderId: paidId, caller: ann })).rejects.toMatchObject(
      invalid,
    );
  });

  it('fails for an order that was cancelled for another reason', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.settleOverdue(orderId);
    const cancelling = world.payments.cancelOrder({ orderId, caller: ann });
    await expect(cancelling).rejects.toMatchObject({ code: 'invalid-transition' });
  });

  it('fails as not found for an order of another account', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    const bob: Caller = { accountId: 'bob', role: 'customer' };
    const cancelling = world.payments.cancelOrder({ orderId, caller: bob });
    await expect(cancelling).rejects.toMatchObject({ code: 'not-found' });
  });
});
