import type { StockReserved } from '@triptych/events';
import { canonicalFingerprint } from '../adapters/canonical-fingerprint.ts';
import { createPayments, type Order, type Payments, type Refund } from '../core/index.ts';
import {
  type CallOutcome,
  type FakeProvider,
  fakeProvider,
  type ProviderCall,
} from './fake-provider.ts';
import { type InMemoryStores, type Interference, inMemoryStores } from './in-memory-stores.ts';

/** Payments with in-memory ports. Only the test moves the clock. */
export interface World {
  payments: Payments;
  stores: InMemoryStores;
  provider: FakeProvider;
  clock: { nowMs: number };
}

export interface WorldOptions {
  /** How each call to the provider ends. */
  outcomeOf?: (call: ProviderCall) => Promise<CallOutcome>;
  /** Runs before each call to a store. */
  interfere?: Interference;
}

/** A world without orders. */
export function newWorld(options: WorldOptions = {}): World {
  const { outcomeOf = async () => 'answered', interfere = async () => ({}) } = options;
  const clock = { nowMs: Date.parse('2026-11-22T10:00:00.000Z') };
  let ids = 0;
  const stores = inMemoryStores(() => clock.nowMs, interfere);
  const provider = fakeProvider(outcomeOf, () => clock.nowMs);
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
        ids += 1;
        return `order-${ids}`;
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

/** Places {@link twoCups} and returns the order's id. */
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

/** Catalog's quote for {@link twoCups}. */
export function quoteFor(orderId: string): StockReserved['data'] {
  return {
    orderId,
    lines: [{ productId: 'cup', name: 'Cup', quantity: 2, unitPriceCents: 1200 }],
    totalCents: 2400,
    currency: 'usd',
  };
}

/** Places and charges {@link twoCups}, and returns the order's id. */
export async function confirmedOrder(world: World, paymentMethod?: string): Promise<string> {
  const orderId = await placeTwoCups(world, paymentMethod ? { paymentMethod } : {});
  await world.payments.chargeOrder(quoteFor(orderId));
  return orderId;
}

/** Requests a refund as an admin and returns its id. */
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

/** The stored order, for assertions. */
export function orderIn({ stores }: World, orderId: string): Order | undefined {
  return stores.ordersById.get(orderId);
}

/** The stored refund, for assertions. */
export function refundIn({ stores }: World, refundId: string): Refund | undefined {
  return stores.allRefunds().find(({ id }) => id === refundId);
}
