import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, eventually } from './http.ts';
import { target } from './target.ts';

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
}
export interface Order {
  id: string;
  state: string;
  reason: string | null;
  total: Money | null;
  lines: { productId: string; quantity: number }[];
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

/** A name that no other check of this or an earlier run has. */
export const unique = (prefix: string) => `${prefix}-${randomUUID().slice(0, 13)}`;

export const usd = (amountCents: number): Money => ({ amountCents, currency: 'usd' });

export async function logIn(email: string, password: string): Promise<string> {
  const answer = await call<{ accessToken: string }>('POST', '/auth/login', {
    body: { email, password },
  });
  expect(answer.status, answer.text).toBe(200);
  return answer.json.accessToken;
}

/** A new customer with a token. */
export async function newCustomer(): Promise<{ email: string; password: string; token: string }> {
  const email = `${unique('customer')}@conformance.example`;
  const password = 'correct horse battery staple';
  const registered = await call('POST', '/auth/register', { body: { email, password } });
  expect(registered.status, registered.text).toBe(202);
  return { email, password, token: await logIn(email, password) };
}

let admin: Promise<string> | undefined;

/** The operator's admin token, or the check is reported as not run. */
export async function adminToken(context: { skip: (note?: string) => never }): Promise<string> {
  const account = target.admin;
  if (!account) return context.skip('not run: TRIPTYCH_ADMIN_EMAIL and _PASSWORD are not set');
  admin ??= logIn(account.email, account.password);
  return admin;
}

/** A product of this check's own, with stock. */
export async function newProduct(
  token: string,
  options: { stock: number; priceCents?: number; category?: string },
): Promise<Product> {
  const created = await call<Product>('POST', '/catalog/products', {
    token,
    body: {
      name: unique('Conformance lamp'),
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

/** The body of an order of one product. */
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

export function place(token: string, body: unknown, key = unique('key')) {
  return call<Order>('POST', '/payments/orders', {
    token,
    body,
    headers: { 'idempotency-key': key },
  });
}

const ended = new Set(['confirmed', 'rejected', 'cancelled']);

/** Places an order and waits until its saga has ended. */
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
