import type { OrderPlaced, QuotedLine, RejectReason } from '@triptych/events';
import type { Product } from './product.ts';

export type Quote =
  | { readonly accepted: true; readonly lines: QuotedLine[]; readonly totalCents: number }
  | { readonly accepted: false; readonly reason: RejectReason };

type Wanted = Pick<OrderPlaced['data'], 'lines' | 'expectedTotalCents' | 'currency'>;

/**
 * Prices an order from the catalog's own products. It is refused when a product is unknown, when the total is not what
 * the customer expects to pay (or in another currency), or when there is too little of one: asked in this order, since
 * nobody should learn of stock for a price that does not hold.
 */
export function quote(order: Wanted, products: readonly Product[]): Quote {
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
