import { expect } from 'vitest';
import { type Call, call, eventually } from './http.ts';
import { unique } from './unique.ts';

export {
  adminToken,
  anyCustomer,
  type Customer,
  logIn,
  newCustomer,
  type Session,
} from './accounts.ts';
export { unique } from './unique.ts';

export interface Money {
  amountCents: number;
  currency: string;
}
export interface Product {
  id: string;
  name: string;
  category: string;
  price: Money;
  available: number;
  image: null | { imageId: string };
  version: number;
}
export interface Order {
  id: string;
  state: string;
  reason: string | null;
  providerCode: string | null;
  total: Money | null;
  lines: { productId: string; quantity: number; name?: string; unitPrice?: Money }[];
  createdAt: string;
  history: { state: string; at: string }[];
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: { path: string; message: string }[];
}

export const usd = (amountCents: number): Money => ({ amountCents, currency: 'usd' });

/** Creates a product for one check, with stock. */
export async function newProduct(
  token: string,
  options: { stock: number; priceCents?: number; category?: string; name?: string },
): Promise<Product> {
  const created = await call<Product>('POST', '/catalog/products', {
    token,
    body: {
      name: options.name ?? unique('Conformance lamp'),
      description: 'Made by a conformance check.',
      category: options.category ?? 'conformance',
      price: usd(options.priceCents ?? 1250),
    },
  });
  expect(created.status, created.text).toBe(201);
  if (options.stock > 0) await receive(token, created.json.id, options.stock);
  return created.json;
}

export async function receive(token: string, productId: string, quantity: number): Promise<void> {
  const answer = await call('POST', `/catalog/products/${productId}/stock`, {
    token,
    body: { receiptId: unique('receipt'), quantity },
  });
  expect(answer.status, answer.text).toBe(200);
}

export async function available(productId: string): Promise<number> {
  return (await call<Product>('GET', `/catalog/products/${productId}`)).json.available;
}

/** The body of an order for one product. */
export function orderOf(
  product: Product,
  quantity = 1,
  options: { paymentMethod?: string; expectedCents?: number } = {},
) {
  return {
    lines: [{ productId: product.id, quantity }],
    expectedTotal: usd(options.expectedCents ?? product.price.amountCents * quantity),
    paymentMethod: options.paymentMethod ?? 'pm_card_visa',
  };
}

export function place(
  token: string,
  body: unknown,
  key = unique('key'),
  { once = false }: Pick<Call, 'once'> = {},
) {
  return call<Order>('POST', '/payments/orders', {
    token,
    body,
    headers: { 'idempotency-key': key },
    once,
  });
}

const ended = new Set(['confirmed', 'rejected', 'cancelled']);

/** Places an order and waits until it is confirmed, rejected or cancelled. */
export async function buy(token: string, body: unknown): Promise<Order> {
  const placed = await place(token, body);
  expect(placed.status, placed.text).toBe(202);
  return settled(token, placed.json.id);
}

export function settled(token: string, orderId: string, withinMs?: number): Promise<Order> {
  return eventually(
    async () => (await call<Order>('GET', `/payments/orders/${orderId}`, { token })).json,
    (order) => ended.has(order.state),
    withinMs,
  );
}
