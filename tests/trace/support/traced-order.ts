import type { Variant } from '@triptych/base/variants';
import { placeOrder } from '@triptych/shop/order/place-order';
import { type Product, ShopClient } from '@triptych/shop/order/shop-client';
import type { Span } from '@triptych/shop/order/span';
import { DEMO_ADMIN, DEMO_CUSTOMER } from '@triptych/shop/start/demo-accounts';
import { spanTree, treeOutline } from '@triptych/shop/trace/span-tree';
import { hasRepeats } from './branches.ts';

const ASK_TIMEOUT_MS = 120_000;

function setting(variant: Variant, name: string): string {
  const value = process.env[`TRIPTYCH_${variant.toUpperCase()}_${name}`];
  if (!value)
    throw new Error(
      `${variant} has no ${name}: run \`node tests/run/judge-variants.ts trace\` instead.`,
    );
  return value;
}

/**
 * Buys one unit in a variant and returns the order's id. It creates the product, because other suites change and delete
 * products of the same shop at the same time.
 */
export async function buyIn(variant: Variant): Promise<string> {
  const baseUrl = setting(variant, 'TARGET');
  const product = await stockedProduct(new ShopClient(baseUrl));
  return (await placeOrder(baseUrl, DEMO_CUSTOMER, { wanted: product })).order.id;
}

async function stockedProduct(shop: ShopClient): Promise<Product> {
  const admin = await shop.loggedIn(DEMO_ADMIN.email, DEMO_ADMIN.password);
  const product = await admin.post<Product>('/catalog/products', {
    name: 'Traced lamp',
    description: 'Bought once in each variant.',
    category: 'traced',
    price: { amountCents: 1250, currency: 'usd' },
  });
  await admin.post(`/catalog/products/${product.id}/stock`, { receiptId: 'traced', quantity: 1 });
  return product;
}

/** The work that an order has caused so far. */
export interface Story {
  readonly outline: readonly string[];
  /** Some of it failed, was delivered more than once, or was done more than once. */
  readonly repeats: boolean;
}

/** The trace of an order from the control API. Empty until a span names the order. */
export async function storyOf(variant: Variant, orderId: string): Promise<Story> {
  const url = `${setting(variant, 'CONTROL_URL')}/control/trace?order=${orderId}&variant=${variant}`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${setting(variant, 'CONTROL_TOKEN')}` },
    signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
  });
  const text = await response.text();
  if (response.status === 400 && text.includes('No spans of order')) {
    return { outline: [], repeats: false };
  }
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  const spans = JSON.parse(text) as (Span & { receiveCount?: number })[];
  const outline = treeOutline(spanTree(spans));
  const again = spans.some(({ receiveCount = 1, ok }) => receiveCount > 1 || ok === false);
  return { outline, repeats: again || hasRepeats(outline) };
}
