import { charge, GIVEN_PRICE_IDS, type LineId, type PriceList } from './price-list.ts';

/** A line item of a monthly bill. */
export interface BillLine {
  readonly price: LineId;
  readonly title: string;
  readonly quantity: number;
  readonly unit: string;
  readonly usd: number;
  /** Source of the price. */
  readonly source: string;
}

export interface Bill {
  readonly variant: string;
  readonly lines: readonly BillLine[];
  /** USD per month, without what is not priced. */
  readonly usd: number;
  /** Quantities for which the price list has no price. */
  readonly unpriced: Quantities;
  /** Tasks or environments needed at the peak and the scaling limit, per service. */
  readonly tasks: Readonly<Record<string, { readonly peak: number; readonly most: number }>>;
}

export type Quantities = Partial<Record<LineId, number>>;

/** Sums the quantities of several parts of a system. */
export function sumQuantities(...parts: readonly Quantities[]): Quantities {
  const sum: Quantities = {};
  for (const part of parts) {
    for (const [id, quantity] of Object.entries(part) as [LineId, number][]) {
      sum[id] = (sum[id] ?? 0) + quantity;
    }
  }
  return sum;
}

/** Prices quantities. Unused items have no line. @param free whether to subtract AWS's free tier */
export function billLines(prices: PriceList, quantities: Quantities, free: boolean): BillLine[] {
  return (Object.keys(prices.prices) as LineId[]).flatMap((id) => {
    const quantity = quantities[id] ?? 0;
    const price = prices.prices[id];
    if (quantity === 0 || !price) return [];
    const allowance = free ? (prices.free[id]?.quantity ?? 0) : 0;
    return [
      {
        price: id,
        title: price.title,
        quantity,
        unit: price.unit,
        usd: charge(price, quantity, allowance),
        source: price.source,
      },
    ];
  });
}

/** The quantities that have no price. */
export function withoutPrice({ prices }: PriceList, quantities: Quantities): Quantities {
  const missing = GIVEN_PRICE_IDS.filter((id) => !prices[id] && (quantities[id] ?? 0) > 0);
  return Object.fromEntries(missing.map((id) => [id, quantities[id]]));
}

/** The total of all lines in USD. */
export function total(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}
