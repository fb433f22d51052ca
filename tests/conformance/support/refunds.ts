import { call, eventually } from './http.ts';
import { type Order, unique } from './shop.ts';

export interface Refund {
  id: string;
  orderId: string;
  amountCents: number;
  currency: string;
  state: 'pending' | 'succeeded' | 'failed';
  createdAt: string;
}
export interface RefundBody {
  amountCents: number;
  restock?: { productId: string; quantity: number }[];
}

export const refund = (token: string, orderId: string, body: unknown, key = unique('key')) =>
  call<Refund>('POST', `/payments/orders/${orderId}/refunds`, {
    token,
    body,
    headers: { 'idempotency-key': key },
  });

export const refundsOf = async (token: string, orderId: string) =>
  (await call<{ items: Refund[] }>('GET', `/payments/orders/${orderId}/refunds`, { token })).json
    .items;

/** Waits until an order has this many refunds and none is pending. */
export const settledRefunds = (token: string, orderId: string, count: number, withinMs?: number) =>
  eventually(
    () => refundsOf(token, orderId),
    (items) => items?.length === count && items.every(({ state }) => state !== 'pending'),
    withinMs,
  );

export const cancel = (token: string, orderId: string) =>
  call<Order>('POST', `/payments/orders/${orderId}/cancel`, { token });
