import { charge, type PriceId, type PriceList } from './price-list.ts';

/** One line of a month's bill. */
export interface BillLine {
  readonly price: PriceId;
  readonly title: string;
  readonly quantity: number;
  readonly unit: string;
  readonly usd: number;
  /** Where the price was read. */
  readonly source: string;
}

export interface Bill {
  readonly variant: string;
  readonly lines: readonly BillLine[];
  /** USD a month. */
  readonly usd: number;
  /** Tasks at the peak, for each container service. */
  readonly tasks: Readonly<Record<string, { readonly peak: number; readonly most: number }>>;
}

export type Quantities = Partial<Record<PriceId, number>>;

/** Adds up what several parts of a system use of the same. */
export function together(...parts: readonly Quantities[]): Quantities {
  const sum: Quantities = {};
  for (const part of parts) {
    for (const [id, quantity] of Object.entries(part) as [PriceId, number][]) {
      sum[id] = (sum[id] ?? 0) + quantity;
    }
  }
  return sum;
}

/** Prices quantities; what is not used has no line. @param free whether AWS's free allowances are taken off */
export function billLines(prices: PriceList, quantities: Quantities, free: boolean): BillLine[] {
  return (Object.keys(prices.prices) as PriceId[]).flatMap((id) => {
    const quantity = quantities[id] ?? 0;
    if (quantity === 0) return [];
    const price = prices.prices[id];
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

export function total(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}
