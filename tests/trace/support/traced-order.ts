import type { Variant } from '@triptych/base/variants';
import { placeOrder } from '@triptych/shop/order/place-order';
import { type Product, ShopClient } from '@triptych/shop/order/shop-client';
import type { Span } from '@triptych/shop/order/span';
import { demoAdmin, demoCustomer } from '@triptych/shop/start/demo-accounts';
import { spanTree, treeOutline } from '@triptych/shop/trace/span-tree';
import { hasRepeats } from './branches.ts';

const askTimeoutMs = 10_000;

function setting(variant: Variant, name: string): string {
  const value = process.env[`TRIPTYCH_${variant.toUpperCase()}_${name}`];
  if (!value)
    throw new Error(
      `Run this by \`node tests/run/judge-variants.ts trace\`: ${variant} has no ${name}.`,
    );
  return value;
}

/**
 * Buys one in a variant; gives the order's id. The product is its own: other suites judge the same shop meanwhile, which
 * count, change and delete theirs.
 */
export async function buyIn(variant: Variant): Promise<string> {
  const baseUrl = setting(variant, 'TARGET');
  const product = await stockedProduct(new ShopClient(baseUrl));
  return (await placeOrder(baseUrl, demoCustomer, product)).order.id;
}

async function stockedProduct(shop: ShopClient): Promise<Product> {
  const admin = await shop.loggedIn(demoAdmin.email, demoAdmin.password);
  const product = await admin.post<Product>('/catalog/products', {
    name: 'Traced lamp',
    description: 'Bought once in each variant.',
    category: 'traced',
    price: { amountCents: 1250, currency: 'usd' },
  });
  await admin.post(`/catalog/products/${product.id}/stock`, { receiptId: 'traced', quantity: 1 });
  return product;
}

/** What an order has set off so far. */
export interface Story {
  readonly outline: readonly string[];
  /** Something of it failed, or was delivered or done more than once. */
  readonly repeats: boolean;
}

/** The story of an order, as the control API tells it; empty when nobody has told of the order yet. */
export async function storyOf(variant: Variant, orderId: string): Promise<Story> {
  const url = `${setting(variant, 'CONTROL_URL')}/control/trace?order=${orderId}&variant=${variant}`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${setting(variant, 'CONTROL_TOKEN')}` },
    signal: AbortSignal.timeout(askTimeoutMs),
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
