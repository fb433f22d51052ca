import type { EventDraft } from '@triptych/events';
import { orderPlaced } from '../core/event-drafts.ts';
import {
  newOrder,
  newRefund,
  type Order,
  type PaymentsDeps,
  type Placement,
  type Refund,
} from '../core/index.ts';
import { confirm, reserve, startCharging } from '../core/transitions.ts';
import { quoteFor, twoCups } from './world.ts';

/** The stores that write to each other's records, and so are tested together. */
export type Stores = Pick<
  PaymentsDeps,
  'orders' | 'refunds' | 'idempotency' | 'ledger' | 'reports'
>;

export interface StoresUnderTest {
  readonly stores: Stores;
  /** The events committed so far, in any order. */
  events(): Promise<readonly EventDraft[]>;
}

/** Creates empty stores that read this clock. */
export type OpenStores = (clock: { readonly nowMs: number }) => Promise<StoresUnderTest>;

/** In the future, so that no table removes an expired record by its own clock. */
export const START_MS = Date.parse('2050-01-01T10:00:00.000Z');
export const START = new Date(START_MS).toISOString();
export const DAY_MS = 24 * 60 * 60 * 1000;

/** The placement of {@link twoCups} by ann. @param key idempotency key @param atMs time of the order */
export function placementOf(orderId: string, key = orderId, atMs = START_MS): Placement {
  const order = newOrder(orderId, 'ann', twoCups, new Date(atMs).toISOString());
  const idempotency = {
    scope: { accountId: 'ann', operation: 'POST /payments/orders', key },
    fingerprint: 'f',
    orderId,
    answer: `{"id":"${orderId}"}`,
    expiresAtMs: atMs + DAY_MS,
  };
  return { order, events: [orderPlaced(order)], idempotency };
}

/** Stores an order that is charging. */
export async function storeCharging({ orders }: Stores, orderId: string): Promise<Order> {
  const { order } = placementOf(orderId);
  await orders.place(placementOf(orderId));
  const reserved = reserve(order, quoteFor(orderId), START);
  await orders.commit(reserved);
  const charging = startCharging(reserved.to, `pi_${orderId}`, START);
  await orders.commit(charging);
  return charging.to;
}

/** Stores an order that is confirmed, and books it. */
export async function storeConfirmed(stores: Stores, orderId: string): Promise<Order> {
  const confirmed = confirm(await storeCharging(stores, orderId), START);
  await stores.orders.commit(confirmed);
  return confirmed.to;
}

/** A new refund that restocks one cup. */
export function refundOf(order: Order, refundId: string, amountCents: number): Refund {
  const restock = [{ productId: 'cup', quantity: 1 }];
  return newRefund(refundId, order, { amountCents, restock }, START);
}

/** The types of the events committed so far, sorted. */
export async function eventTypes({ events }: StoresUnderTest): Promise<string[]> {
  return (await events()).map(({ type }) => type).toSorted();
}
