import { describe, expect, it } from 'vitest';
import { newWorld, orderIn, placeTwoCups, twoCups, type World } from '../testing/world.ts';

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
  it('stores the order and its event without calling the provider', async () => {
    const world = newWorld();
    const { orderId } = await place(world);
    expect(orderIn(world, orderId)).toMatchObject({ state: 'placed', version: 1 });
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

  it('returns the stored answer for the same key and request', async () => {
    const world = newWorld();
    const first = await place(world);
    world.clock.nowMs += 60_000;
    expect(await place(world)).toEqual(first);
    expect(world.stores.ordersById.size).toBe(1);
  });

  it('returns the same answer to concurrent requests with the same key', async () => {
    const world = newWorld();
    const answers = await Promise.all(Array.from({ length: 8 }, () => place(world)));
    expect(new Set(answers.map((answer) => answer.answer)).size).toBe(1);
    expect(world.stores.events).toHaveLength(1);
  });

  it('rejects a key that was used for another request', async () => {
    const world = newWorld();
    await place(world);
    const other = { ...twoCups, paymentMethod: 'pm_card_mastercard' };
    await expect(place(world, { request: other })).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'idempotency-key-reused',
    });
  });

  it('scopes keys by account and operation', async () => {
    const world = newWorld();
    await place(world);
    await place(world, { accountId: 'bob' });
    await place(world, { operation: 'POST /elsewhere' });
    expect(world.stores.ordersById.size).toBe(3);
  });

  it('frees a key after 24 hours', async () => {
    const world = newWorld();
    await place(world);
    world.clock.nowMs += 24 * 3_600_000 - 1;
    await place(world);
    expect(world.stores.ordersById.size).toBe(1);
    world.clock.nowMs += 1;
    await place(world);
    expect(world.stores.ordersById.size).toBe(2);
  });

  it('returns the stored answer when the first answer was lost', async () => {
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
    expect([...world.stores.ordersById.keys()]).toEqual([orderId]);
  });

  it.each([
    [undefined, 'idempotency-key-missing'],
    ['', 'idempotency-key-invalid'],
    ['with space', 'idempotency-key-invalid'],
    ['k'.repeat(256), 'idempotency-key-invalid'],
    ['schlüssel', 'idempotency-key-invalid'],
  ])('rejects the key %j as %s', async (idempotencyKey, code) => {
    await expect(place(newWorld(), { idempotencyKey })).rejects.toMatchObject({
      kind: 'validation',
      code,
    });
  });

  it('accepts a key of 255 visible characters', async () => {
    await expect(place(newWorld(), { idempotencyKey: '~'.repeat(255) })).resolves.toBeDefined();
  });

  it.each([
    [49, 'usd', 'amount-too-small'],
    [0, 'usd', 'amount-too-small'],
    [29, 'gbp', 'amount-too-small'],
    [100_000_000, 'usd', 'amount-too-large'],
  ])('rejects a total of %d %s as %s', async (amountCents, currency, code) => {
    const world = newWorld();
    const request = { ...twoCups, expectedTotal: { amountCents, currency } };
    await expect(place(world, { request })).rejects.toMatchObject({
      kind: 'unprocessable',
      code,
      fields: [{ path: '/expectedTotal/amountCents' }],
    });
    expect(world.stores.ordersById.size).toBe(0);
  });

  it.each([
    [50, 'usd'],
    [30, 'gbp'],
    [99_999_999, 'usd'],
    [1, 'xyz'],
  ])('accepts a total of %d %s', async (amountCents, currency) => {
    const request = { ...twoCups, expectedTotal: { amountCents, currency } };
    await expect(place(newWorld(), { request })).resolves.toBeDefined();
  });

  it('rejects a product that is listed twice, and names the line', async () => {
    const lines = [...twoCups.lines, { productId: 'cup', quantity: 1 }];
    await expect(place(newWorld(), { request: { ...twoCups, lines } })).rejects.toMatchObject({
      kind: 'validation',
      fields: [{ path: '/lines/1/productId' }],
    });
  });
});

describe('reading an order', () => {
  it('succeeds for its owner and an admin, and for others fails as for an unknown order', async () => {
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
