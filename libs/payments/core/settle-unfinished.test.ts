import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import { newWorld, orderIn, placeTwoCups, quoteFor } from '../testing/world.ts';

const HOUR_MS = 60 * 60_000;

describe('orders whose deadline was lost', () => {
  it('are settled, and need no report', async () => {
    const world = newWorld();
    const first = await placeTwoCups(world);
    const second = await placeTwoCups(world, { idempotencyKey: 'key-2' });
    await world.payments.chargeOrder(quoteFor(second));
    world.clock.nowMs += HOUR_MS;
    const late = await placeTwoCups(world, { idempotencyKey: 'key-3' });
    expect(await world.payments.settleUnfinished()).toEqual([]);
    expect(orderIn(world, first)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    expect(orderIn(world, second)?.state).toBe('confirmed');
    expect(orderIn(world, late)?.state).toBe('placed');
  });

  it('are reported while the provider does not answer', async () => {
    const provider: { outcome: CallOutcome } = { outcome: 'answered' };
    const world = newWorld({
      outcomeOf: async (call) => (call === 'create' ? 'answered' : provider.outcome),
    });
    const orderId = await placeTwoCups(world);
    provider.outcome = 'lost-before';
    await world.payments.chargeOrder(quoteFor(orderId));
    world.clock.nowMs += HOUR_MS;
    expect(await world.payments.settleUnfinished()).toMatchObject([
      { order: { id: orderId, state: 'charging' } },
    ]);
    provider.outcome = 'answered';
    expect(await world.payments.settleUnfinished()).toEqual([]);
  });

  it('do not keep each other from ending when one of them fails', async () => {
    const world = newWorld();
    const broken = await placeTwoCups(world);
    const sound = await placeTwoCups(world, { idempotencyKey: 'key-2' });
    const { commit } = world.stores.orders;
    world.stores.orders.commit = async (change) => {
      if (change.to.id === broken) throw new Error('cannot be written');
      return commit(change);
    };
    world.clock.nowMs += HOUR_MS;
    expect(await world.payments.settleUnfinished()).toMatchObject([
      { order: { id: broken }, error: { message: 'cannot be written' } },
    ]);
    expect(orderIn(world, sound)?.state).toBe('cancelled');
  });

  it('are left to the next run when the provider is slow', async () => {
    const world = newWorld({
      outcomeOf: async () => {
        world.clock.nowMs += 10_000;
        return 'lost-before';
      },
    });
    const orderIds = [await placeTwoCups(world)];
    orderIds.push(await placeTwoCups(world, { idempotencyKey: 'key-2' }));
    for (const id of orderIds) {
      const order = world.stores.ordersById.get(id);
      if (!order) throw new Error('the order was not placed');
      const total = order.expectedTotal;
      world.stores.ordersById.set(id, { ...order, state: 'charging', intentId: 'pi_1', total });
    }
    world.clock.nowMs += HOUR_MS;
    const reported = await world.payments.settleUnfinished();
    expect(reported.map(({ order }) => order.id)).toEqual(orderIds);
    expect(world.provider.calls).toEqual(['retrieve']);
    const next = await world.payments.settleUnfinished();
    expect(next.map(({ order }) => order.id)).toEqual(orderIds.toReversed());
    expect(await world.stores.orders.lastTried()).toMatchObject({ id: orderIds[1] });
  });

  it('all end, although the first hundred never do', async () => {
    const world = newWorld();
    const { find } = world.stores.orders;
    const ids: string[] = [];
    for (let index = 0; index < 101; index += 1) {
      world.clock.nowMs += 1;
      ids.push(await placeTwoCups(world, { idempotencyKey: `key-${index}` }));
    }
    const last = ids.at(-1) ?? '';
    world.stores.orders.find = async (id) => {
      if (id !== last) throw new Error('cannot be read');
      return find(id);
    };
    world.clock.nowMs += HOUR_MS;
    expect(await world.payments.settleUnfinished()).toHaveLength(100);
    expect(orderIn(world, last)?.state).toBe('placed');
    expect(await world.payments.settleUnfinished()).toHaveLength(99);
    expect(orderIn(world, last)?.state).toBe('cancelled');
  });

  it('of a version without the list of unfinished orders are listed, then settled', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    world.stores.unlisted.add(orderId);
    world.clock.nowMs += HOUR_MS;
    expect(await world.payments.settleUnfinished()).toEqual([]);
    expect(orderIn(world, orderId)?.state).toBe('placed');
    expect(await world.payments.listMissing()).toBe(1);
    await world.payments.settleUnfinished();
    expect(orderIn(world, orderId)?.state).toBe('cancelled');
  });

  it('are looked for in a few pages per run', async () => {
    const world = newWorld();
    let pages = 0;
    world.stores.orders.listMissing = async () => {
      pages += 1;
      return { added: 1, isEnd: false };
    };
    expect(await world.payments.listMissing()).toBe(10);
    expect(pages).toBe(10);
  });
});
