import { AppError } from '@triptych/platform/errors';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type InMemoryCatalog, inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';
import type { CatalogStore } from './ports.ts';

const ORDER_IDS = ['o1', 'o2'];
const PRODUCT_IDS = ['p1', 'p2'];
const INITIAL_UNITS = 4;

/** A message or an administrator's action. Each may be repeated, reordered and run concurrently. */
const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('placed', 'placed', 'ended', 'ended' as const),
    order: fc.constantFrom(...ORDER_IDS),
  }),
  fc.record({
    kind: fc.constant('refunded' as const),
    order: fc.constantFrom(...ORDER_IDS),
    refund: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('booked' as const),
    product: fc.constantFrom(...PRODUCT_IDS),
    receipt: fc.constantFrom(-3, -2, 2),
  }),
  fc.record({ kind: fc.constant('removed' as const), product: fc.constantFrom(...PRODUCT_IDS) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** The quantity and the outcome of each order, the same in every message about it. */
const orders = fc.array(
  fc.record({ quantity: fc.integer({ min: 1, max: 4 }), paid: fc.boolean() }),
  {
    minLength: 2,
    maxLength: 2,
  },
);

it('accounts for every unit under duplicated, reordered and concurrent messages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(step, { maxLength: 8 }),
      fc.array(step, { maxLength: 12 }),
      orders,
      async (scheduler, first, atOnce, wanted) => {
        const shop = inMemoryCatalog((store) => interleaved(store, scheduler));
        for (const id of PRODUCT_IDS)
          await shop.store.create(productNamed(id, { available: INITIAL_UNITS }));
        const booked = new Set<string>();
        const take = async (one: Step) => {
          const done = await perform(shop, one, wanted);
          if (done && one.kind === 'booked') booked.add(`${one.product} ${one.receipt}`);
        };
        for (const one of first) await scheduler.waitFor(take(one));
        // Every run includes two orders that compete for the same units.
        const rivals = ORDER_IDS.map((order) => ({ kind: 'placed' as const, order }));
        await scheduler.waitFor(Promise.all([...rivals, ...atOnce].map(take)));
        await expectAllAccountedFor(shop);
        expectEachReceiptOnce(shop, booked);
      },
    ),
    { seed: 20260201, numRuns: 600 },
  );
});

/**
 * Wraps a store so that the scheduler decides when each call starts, which interleaves the calls.
 */
function interleaved(store: CatalogStore, scheduler: fc.Scheduler): CatalogStore {
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      return scheduler.scheduleFunction(value as (...given: unknown[]) => Promise<unknown>);
    },
  });
}

async function perform(
  { catalog }: InMemoryCatalog,
  one: Step,
  wanted: readonly { quantity: number; paid: boolean }[],
): Promise<boolean> {
  const { quantity, paid } = wanted['order' in one ? ORDER_IDS.indexOf(one.order) : 0] ?? {
    ...{ quantity: 1, paid: true },
  };
  const rejections = ['conflict', 'unavailable', 'not-found'];
  try {
    switch (one.kind) {
      case 'placed': {
        const lines = PRODUCT_IDS.map((productId) => ({ productId, quantity }));
        const expectedTotalCents = 2000 * quantity;
        const data = { orderId: one.order, accountId: 'a', lines, expectedTotalCents };
        await catalog.reserveStock({ ...data, currency: 'usd' });
        break;
      }
      case 'ended':
        await (paid ? catalog.commitReservation : catalog.releaseReservation)(one.order);
        break;
      case 'refunded': {
        const restock = [{ productId: 'p1', quantity: one.refund }];
        await catalog.restock({ orderId: one.order, refundId: `r${one.refund}`, restock });
        break;
      }
      case 'booked': {
        const receiptId = `receipt${one.receipt}`;
        await catalog.receiveStock({ productId: one.product, receiptId, quantity: one.receipt });
        break;
      }
      case 'removed':
        await catalog.removeProduct({ productId: one.product });
    }
    return true;
  } catch (error) {
    // The message would be redelivered or dead-lettered. It must not have changed anything.
    if (!(error instanceof AppError && rejections.includes(error.kind))) throw error;
    return false;
  }
}

async function expectAllAccountedFor({ store, events }: InMemoryCatalog): Promise<void> {
  const reservations = (await Promise.all(ORDER_IDS.map(store.findReservation))).filter(
    (reservation) => reservation !== undefined,
  );
  for (const id of PRODUCT_IDS) {
    const { available, held, sold, received, adjustments } = store.stockOf(id);
    expect(available + held + sold).toBe(received + adjustments);
    expect(Math.min(available, held, sold)).toBeGreaterThanOrEqual(0);

    const unitsIn = (lines: readonly { productId: string; quantity: number }[]) =>
      lines.reduce((sum, line) => sum + (line.productId === id ? line.quantity : 0), 0);
    let stillSold = 0;
    for (const { state, lines, returns = [] } of reservations) {
      const back = returns.reduce((sum, { lines: some }) => sum + unitsIn(some), 0);
      expect(back).toBeLessThanOrEqual(unitsIn(lines));
      expect(new Set(returns.map(({ refundId }) => refundId)).size).toBe(returns.length);
      if (state === 'committed') stillSold += unitsIn(lines) - back;
    }
    const stillHeld = reservations
      .filter(({ state }) => state === 'held')
      .reduce((sum, { lines }) => sum + unitsIn(lines), 0);
    expect({ held, sold }).toEqual({ held: stillHeld, sold: stillSold });
  }
  const answered = events.map((event) => (event.data as { orderId: string }).orderId);
  expect(new Set(answered).size).toBe(answered.length);
}

function expectEachReceiptOnce({ store }: InMemoryCatalog, booked: ReadonlySet<string>): void {
  for (const id of PRODUCT_IDS) {
    const quantities = [...booked].flatMap((receipt) =>
      receipt.startsWith(id) ? Number(receipt.split(' ')[1]) : [],
    );
    const sumOf = (some: number[]) => some.reduce((sum, quantity) => sum + quantity, 0);
    expect(store.stockOf(id)).toMatchObject({
      received: INITIAL_UNITS + sumOf(quantities.filter((quantity) => quantity > 0)),
      adjustments: sumOf(quantities.filter((quantity) => quantity < 0)),
    });
  }
}
