import { describe, expect, it } from 'vitest';
import { newWorld, placeTwoCups, twoCups, type World } from '../testing/world.ts';

const place = (world: World, changes: object = {}) =>
  world.payments.placeOrder({
    accountId: 'ann',
    operation: 'POST /payments/orders',
    idempotencyKey: 'key-1',
    request: twoCups,
    present: (order) => JSON.stringify({ id: order.id, at: order.createdAt }),
    ...changes,
  });

describe('placing an order', () => {
  it('writes the order and announces it, without asking the provider', async () => {
    const world = newWorld();
    const { orderId } = await place(world);
    expect(world.stores.all.get(orderId)).toMatchObject({ state: 'placed', version: 1 });
    expect(world.stores.events).toEqual([
      {
        type: 'order.placed',
        source: 'triptych.payments',
        data: {
          orderId,
          accountId: 'ann',
          lines: twoCups.lines,
          expectedTotalCents: 2400,
          currency: 'usd',
        },
      },
    ]);
    expect(world.provider.calls).toEqual([]);
  });

  it('gives the stored answer to the same key and request, whatever the time', async () => {
    const world = newWorld();
    const first = await place(world);
    world.clock.nowMs += 60_000;
    expect(await place(world)).toEqual(first);
    expect(world.stores.all.size).toBe(1);
  });

  it('gives every racer with the same key the same answer', async () => {
    const world = newWorld();
    const answers = await Promise.all(Array.from({ length: 8 }, () => place(world)));
    expect(new Set(answers.map((answer) => answer.answer)).size).toBe(1);
    expect(world.stores.events).toHaveLength(1);
  });

  it('refuses a key that was used for another request', async () => {
    const world = newWorld();
    await place(world);
    const other = { ...twoCups, paymentMethod: 'pm_card_mastercard' };
    await expect(place(world, { request: other })).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'idempotency-key-reused',
    });
  });

  it('keeps the keys of two accounts and of two operations apart', async () => {
    const world = newWorld();
    await place(world);
    await place(world, { accountId: 'bob' });
    await place(world, { operation: 'POST /elsewhere' });
    expect(world.stores.all.size).toBe(3);
  });

  it('frees a key after 24 hours', async () => {
    const world = newWorld();
    await place(world);
    world.clock.nowMs += 24 * 3_600_000 - 1;
    await place(world);
    expect(world.stores.all.size).toBe(1);
    world.clock.nowMs += 1;
    await place(world);
    expect(world.stores.all.size).toBe(2);
  });

  it('gives the stored answer when the first answer got lost', async () => {
    const lost = { next: true };
    const world = newWorld({
      interfere: async (call) => {
        const failAfter = call === 'place' && lost.next;
        if (failAfter) lost.next = false;
        return { failAfter };
      },
    });
    await expect(place(world)).rejects.toThrow('lost');
    const { orderId } = await place(world);
    expect([...world.stores.all.keys()]).toEqual([orderId]);
  });

  it.each([
    [undefined, 'idempotency-key-missing'],
    ['', 'idempotency-key-invalid'],
    ['with space', 'idempotency-key-invalid'],
    ['k'.repeat(256), 'idempotency-key-invalid'],
    ['schlüssel', 'idempotency-key-invalid'],
  ])('refuses the key %j as %s', async (idempotencyKey, code) => {
    await expect(place(newWorld(), { idempotencyKey })).rejects.toMatchObject({
      kind: 'validation',
      code,
    });
  });

  it('takes a key of 255 visible characters', async () => {
    await expect(place(newWorld(), { idempotencyKey: '~'.repeat(255) })).resolves.toBeDefined();
  });

  it('refuses a product that is in the order twice, and says where', async () => {
    const lines = [...twoCups.lines, { productId: 'cup', quantity: 1 }];
    await expect(place(newWorld(), { request: { ...twoCups, lines } })).rejects.toMatchObject({
      kind: 'validation',
      fields: [{ path: '/lines/1/productId' }],
    });
  });
});

describe('reading an order', () => {
  it('shows it to its owner and to an admin, and to others as if there were none', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    const read = (id: string, accountId: string, role: 'customer' | 'admin' = 'customer') =>
      world.payments.findOrder({ orderId: id, caller: { accountId, role } });
    expect((await read(orderId, 'ann')).id).toBe(orderId);
    expect((await read(orderId, 'root', 'admin')).id).toBe(orderId);
    const foreign = await read(orderId, 'bob').catch((error: unknown) => error);
    const absent = await read('none', 'bob').catch((error: unknown) => error);
    expect(foreign).toMatchObject({ kind: 'not-found', code: 'not-found' });
    expect(foreign).toEqual(absent);
  });
});
