import type { Product } from '../core/index.ts';

/** A product for tests, with `available` units in stock. */
export function productNamed(
  id: string,
  change: Partial<Product> & { available?: number } = {},
): Product {
  const { available = 0, ...rest } = change;
  return {
    id,
    name: `Name of ${id}`,
    description: '',
    category: 'lamps',
    price: { amountCents: 1000, currency: 'usd' },
    stock: { available, held: 0, sold: 0, received: available, adjustments: 0 },
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...rest,
  };
}
