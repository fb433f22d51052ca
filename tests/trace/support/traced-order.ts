import { placeOrder } from '../../../apps/cli/order/place-order.ts';
import { type Product, ShopClient } from '../../../apps/cli/order/shop-client.ts';
import type { Span } from '../../../apps/cli/order/span.ts';
import { demoAdmin, demoCustomer } from '../../../apps/cli/start/demo-accounts.ts';
import { spanTree, treeOutline } from '../../../apps/cli/trace/span-tree.ts';
import type { Variant } from '../../../apps/cli/variants.ts';

const askTimeoutMs = 10_000;

function setting(variant: Variant, name: string): string {
  const value = process.env[`TRIPTYCH_${variant.toUpperCase()}_${name}`];
  if (!value)
    throw new Error(`Run this by \`node tests/run.ts trace\`: ${variant} has no ${name}.`);
  return value;
}

/** Buys one in a variant, of a product of its own: the others in the shop belong to checks that run meanwhile. The order's id. */
export async function buyIn(variant: Variant): Promise<string> {
  const baseUrl = setting(variant, 'TARGET');
  const product = await productInStock(baseUrl);
  return (await placeOrder(baseUrl, demoCustomer, product)).order.id;
}

async function productInStock(baseUrl: string): Promise<Product> {
  const admin = await new ShopClient(baseUrl).loggedIn(demoAdmin.email, demoAdmin.password);
  const product = await admin.post<Product>('/catalog/products', {
    name: 'Traced lamp',
    description: 'Bought once in each variant.',
    category: 'traced',
    price: { amountCents: 1250, currency: 'usd' },
  });
  await admin.post(`/catalog/products/${product.id}/stock`, { receiptId: 'traced', quantity: 1 });
  return product;
}

/** The outline of what an order has set off so far, as the control API tells it. */
export async function outlineOf(variant: Variant, orderId: string): Promise<string[]> {
  const url = `${setting(variant, 'CONTROL_URL')}/control/trace?order=${orderId}&variant=${variant}`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${setting(variant, 'CONTROL_TOKEN')}` },
    signal: AbortSignal.timeout(askTimeoutMs),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return treeOutline(spanTree((await response.json()) as Span[]));
}
