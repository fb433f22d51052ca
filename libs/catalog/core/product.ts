/** Integer minor units and the ISO 4217 code in lower case. */
export interface Price {
  readonly amountCents: number;
  readonly currency: string;
}

/**
 * Units of a product. Always `available + held + sold = received + adjustments`, with the first
 * three at least 0. Each change is one conditional transaction that moves units from one field to
 * another, so the sum cannot drift. `stock-invariants.test.ts` checks it with duplicated, reordered
 * and interleaved messages.
 */
export interface Stock {
  readonly available: number;
  /** Reserved by orders that are not yet paid. */
  readonly held: number;
  readonly sold: number;
  /** Sum of all receipts with a positive quantity. */
  readonly received: number;
  /** Sum of all receipts with a negative quantity (breakage, stock counts): 0 or less. */
  readonly adjustments: number;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Slug of its category. */
  readonly category: string;
  readonly price: Price;
  readonly stock: Stock;
  /** The newest accepted upload. */
  readonly imageId?: string;
  /**
   * Counts changes to what a customer reads (texts, price, image). Stock movements do not count, so
   * that a sale does not invalidate an administrator's edit.
   */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** RFC 3339, UTC; changes whenever `version` does. */
  readonly updatedAt: string;
}

export interface Category {
  readonly slug: string;
  readonly name: string;
  /** Number of its products. */
  readonly products: number;
}

/** The display name of a category: `home-office` becomes "Home office". */
export function categoryName(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
