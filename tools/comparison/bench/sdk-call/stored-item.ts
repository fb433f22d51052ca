/** An item with the size of a product, with text, numbers and a map. */
export const storedItem = {
  pk: 'PRODUCT#stoneware-mug',
  sk: 'PRODUCT',
  id: 'stoneware-mug',
  name: 'Stoneware mug',
  description: 'Thrown by hand, glazed in two coats, holds 330 ml.',
  category: 'kitchen',
  price: { amountCents: 2450, currency: 'usd' },
  stock: { available: 12, held: 0, sold: 0, received: 12, adjustments: 0 },
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
