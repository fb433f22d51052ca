import type { OrderPlaced, QuotedLine, RejectReason } from '@triptych/events';
import type { Product } from './product.ts';

export type Quote =
  | { readonly accepted: true; readonly lines: QuotedLine[]; readonly totalCents: number }
  | { readonly accepted: false; readonly reason: RejectReason };

type QuotedOrder = Pick<OrderPlaced['data'], 'lines' | 'expectedTotalCents' | 'currency'>;

/**
 * Prices an order from the catalog's own products. An order is rejected if a product is unknown, if
 * the total or the currency differs from what the customer expects, or if stock is too low. Prices
 * are checked before stock, so that an order at a wrong price does not reveal stock levels.
 */
export function quote(order: QuotedOrder, products: readonly Product[]): Quote {
  const byId = new Map(products.map((product) => [product.id, product]));
  const lines: QuotedLine[] = [];
  let totalCents = 0;
  let short = false;
  for (const { productId, quantity } of order.lines) {
    const product = byId.get(productId);
    if (!product) return { accepted: false, reason: 'unknown-product' };
    const { amountCents: unitPriceCents, currency } = product.price;
    if (currency !== order.currency) return { accepted: false, reason: 'price-differs' };
    totalCents += unitPriceCents * quantity;
    short ||= product.stock.available < quantity;
    lines.push({ productId, name: product.name, quantity, unitPriceCents });
  }
  if (totalCents !== order.expectedTotalCents) return { accepted: false, reason: 'price-differs' };
  return short
    ? { accepted: false, reason: 'out-of-stock' }
    : { accepted: true, lines, totalCents };
}
