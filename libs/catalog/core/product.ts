/** Integer minor units and the ISO 4217 code, lower case. */
export interface Price {
  readonly amountCents: number;
  readonly currency: string;
}

/** Units of a product. Always `available + held + sold = received + adjustments`, and none below zero. */
export interface Stock {
  readonly available: number;
  /** Reserved by orders that are not paid yet. */
  readonly held: number;
  readonly sold: number;
  /** All that ever came in by receipts. */
  readonly received: number;
  /** All that was taken off by receipts of a negative quantity (breakage, counting again): zero or below. */
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
  /** Counts changes of what a customer reads (texts, price, image); stock moves do not count. */
  readonly version: number;
  /** RFC 3339, UTC; `updatedAt` moves with `version`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Category {
  readonly slug: string;
  readonly name: string;
  /** How many products it has. */
  readonly products: number;
}

/** A category is named by its slug: `home-office` is shown as "Home office". */
export function categoryName(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
