/** What the demo shop sells. */
export interface SeedProduct {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Slug of its category. */
  readonly category: string;
  readonly price: { readonly amountCents: number; readonly currency: 'usd' };
  /** Units that one delivery brings; 0 means there was none, and the product is sold out. */
  readonly stock: number;
}

export const usd = (amountCents: number) => ({ amountCents, currency: 'usd' }) as const;
