import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';

const orderIds = ['o1', 'o2', 'o3', 'o4'];
const productIds = ['p1', 'p2'];

/** One message about an order, or one delivery; any may come twice and in any order. */
const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('placed', 'settled', 'tombstone' as const),
    order: fc.constantFrom(...orderIds),
  }),
  fc.record({
    kind: fc.constant('received' as const),
    product: fc.constantFrom(...productIds),
    receipt: fc.integer({ min: 1, max: 3 }),
  }),
);

const quantities = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 });
const endings = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

it('keeps every unit accounted for through duplicated and reordered messages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      quantities,
      endings,
      async (steps, wanted, paid) => {
        const { catalog, store, events } = inMemoryCatalog();
        for (const id of productIds) await store.create(productNamed(id, { available: 3 }));
        for (const one of steps) {
          if (one.kind === 'received') {
            const receiptId = `r${one.receipt}`;
            await catalog.receiveStock({
              productId: one.product,
              receiptId,
              quantity: one.receipt,
            });
            continue;
          }
          const index = orderIds.indexOf(one.order);
          const quantity = wanted[index] ?? 1;
          const reservation = await store.findReservation(one.order);
          if (one.kind === 'placed') {
            const lines = productIds.map((productId) => ({ productId, quantity }));
            const expectedTotalCents = 2000 * quantity;
            const data = { orderId: one.order, accountId: 'a', lines, expectedTotalCents };
            await catalog.reserveStock({ ...data, currency: 'usd' });
          } else if (one.kind === 'tombstone' && !reservation) {
            await catalog.releaseReservation(one.order);
          } else if (one.kind === 'settled' && reservation) {
            // Payments sends one ending per order, and confirms only what was reserved.
            const sold = paid[index] && ['held', 'committed'].includes(reservation.state);
            const settle = sold ? catalog.commitReservation : catalog.releaseReservation;
            await settle(one.order);
          }
        }
        for (const id of productIds) {
          const stock = (await store.find(id))?.stock;
          const {
            available = -1,
            held = -1,
            sold = -1,
            received = 0,
            adjustments = 0,
          } = stock ?? {};
          expect(available + held + sold).toBe(received + adjustments);
          expect(Math.min(available, held, sold)).toBeGreaterThanOrEqual(0);
        }
        const answered = events.map((event) => (event.data as { orderId: string }).orderId);
        expect(new Set(answered).size).toBe(answered.length);
      },
    ),
    { seed: 20260201, numRuns: 200 },
  );
});
