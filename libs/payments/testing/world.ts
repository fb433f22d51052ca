import type { StockReserved } from '@triptych/events';
import { canonicalFingerprint } from '../adapters/canonical-fingerprint.ts';
import { createPayments, type Payments } from '../core/index.ts';
import { type FakeProvider, fakeProvider, type Weather } from './fake-provider.ts';
import { type Interference, type MemoryStores, memoryStores } from './in-memory-stores.ts';

/** Payments with everything around it in memory, and a clock that only the test moves. */
export interface World {
  payments: Payments;
  stores: MemoryStores;
  provider: FakeProvider;
  clock: { nowMs: number };
}

export function newWorld(
  options: { weather?: (call: string) => Promise<Weather>; interfere?: Interference } = {},
): World {
  const { weather = async () => 'fine', interfere = async () => ({}) } = options;
  const clock = { nowMs: Date.parse('2026-11-22T10:00:00.000Z') };
  let nextId = 0;
  const stores = memoryStores(() => clock.nowMs, interfere);
  const provider = fakeProvider(weather, () => clock.nowMs);
  const payments = createPayments({
    orders: stores.orders,
    refunds: stores.refunds,
    idempotency: stores.idempotency,
    reports: stores.reports,
    ledger: stores.ledger,
    provider,
    fingerprint: canonicalFingerprint,
    clock: { now: () => clock.nowMs },
    ids: {
      next: () => {
        nextId += 1;
        return `order-${nextId}`;
      },
    },
  });
  return { payments, stores, provider, clock };
}

/** An order of two cups for 24.00 usd. */
export const twoCups = {
  lines: [{ productId: 'cup', quantity: 2 }],
  expectedTotal: { amountCents: 2400, currency: 'usd' },
  paymentMethod: 'pm_card_visa',
};

/** Places {@link twoCups} and gives the order's id. */
export async function placeTwoCups(
  { payments }: World,
  changes: { paymentMethod?: string; idempotencyKey?: string } = {},
): Promise<string> {
  const { idempotencyKey = 'key-1', ...request } = changes;
  const placed = await payments.placeOrder({
    accountId: 'ann',
    operation: 'POST /payments/orders',
    idempotencyKey,
    request: { ...twoCups, ...request },
    present: (order) => JSON.stringify({ id: order.id }),
  });
  return placed.orderId;
}

/** Catalog's answer to {@link twoCups}. */
export function quoteFor(orderId: string): StockReserved['data'] {
  return {
    orderId,
    lines: [{ productId: 'cup', name: 'Cup', quantity: 2, unitPriceCents: 1200 }],
    totalCents: 2400,
    currency: 'usd',
  };
}

/** An order of {@link twoCups} whose money has been taken. */
export async function confirmedOrder(world: World, paymentMethod?: string): Promise<string> {
  const orderId = await placeTwoCups(world, paymentMethod ? { paymentMethod } : {});
  await world.payments.chargeOrder(quoteFor(orderId));
  return orderId;
}

/** Asks for a refund and gives its id. */
export async function askForRefund(
  { payments }: World,
  orderId: string,
  amountCents: number,
  { key = 'refund-1', cups = 0 }: { key?: string; cups?: number } = {},
): Promise<string> {
  return payments.requestRefund({
    accountId: 'root',
    operation: 'POST /payments/orders/{id}/refunds',
    idempotencyKey: key,
    orderId,
    request: { amountCents, ...(cups ? { restock: [{ productId: 'cup', quantity: cups }] } : {}) },
    present: ({ id }) => id,
  });
}
