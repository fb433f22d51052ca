import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@triptych/base/user-error';
import { newTrace, type Order, type Product, ShopClient } from './shop-client.ts';

const SETTLE_TIMEOUT_MS = 60_000;
const POLL_MS = 25;

/** A settled order with its times. */
export interface Purchase {
  readonly order: Order;
  readonly product: Product;
  readonly traceId: string;
  /** When the order was sent, milliseconds since 1970. */
  readonly startMs: number;
  /** Milliseconds until the 202 response. */
  readonly acceptedMs: number;
  /** Milliseconds until a poll showed it confirmed or rejected. */
  readonly settledMs: number;
}

/**
 * Logs in, orders one unit of a product and waits until the order settles.
 * @param options.wanted the product (default: the first one in stock)
 * @param options.seeLogs the command that shows the logs of an order that does not settle
 * @throws UserError when nothing is in stock or the order does not settle within 60 s
 */
export async function placeOrder(
  baseUrl: string,
  customer: { email: string; password: string },
  { wanted, seeLogs }: { wanted?: Product; seeLogs?: (orderId: string) => string } = {},
): Promise<Purchase> {
  const shop = await new ShopClient(baseUrl).loggedIn(customer.email, customer.password);
  const product = wanted ?? (await firstInStock(shop, baseUrl));
  const { traceId, traceparent } = newTrace();
  const traced = shop.with({ traceparent });
  const startMs = performance.timeOrigin + performance.now();
  const since = performance.now();
  const accepted = await traced.post<Order>(
    '/payments/orders',
    {
      lines: [{ productId: product.id, quantity: 1 }],
      expectedTotal: product.price,
      paymentMethod: 'pm_card_visa',
    },
    { 'idempotency-key': randomUUID() },
  );
  const acceptedMs = performance.now() - since;
  // Polls carry no trace context, because they are not part of the checkout.
  const order = await settled(shop, accepted, seeLogs?.(accepted.id));
  return { order, product, traceId, startMs, acceptedMs, settledMs: performance.now() - since };
}

async function firstInStock(shop: ShopClient, baseUrl: string): Promise<Product> {
  const { items } = await shop.get<{ items: Product[] }>('/catalog/products?limit=50');
  const product = items.find(({ available }) => available > 0);
  if (!product)
    throw new UserError(`Nothing is in stock at ${baseUrl}: restart the shop to refill it.`);
  return product;
}

async function settled(shop: ShopClient, accepted: Order, see?: string): Promise<Order> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  let order = accepted;
  while (['placed', 'reserved', 'charging'].includes(order.state)) {
    if (performance.now() > deadline) {
      const where = see === undefined ? '' : ` Its logs: ${see}`;
      throw new UserError(`Order ${order.id} is still "${order.state}" after 60 s.${where}`);
    }
    await sleep(POLL_MS);
    order = await shop.get<Order>(`/payments/orders/${order.id}`);
  }
  return order;
}
