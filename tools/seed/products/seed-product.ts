/** A product that the demo shop sells. */
export interface SeedProduct {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The slug of its category. */
  readonly category: string;
  readonly price: { readonly amountCents: number; readonly currency: 'usd' };
  /** Units in its one delivery. 0: there is no delivery, and the product is sold out. */
  readonly stock: number;
}

export const usd = (amountCents: number) => ({ amountCents, currency: 'usd' }) as const;
