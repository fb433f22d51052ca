import { expect, it } from 'vitest';
import { seedProducts } from './products.ts';

it('twelve products stand in four categories of three', () => {
  expect(new Set(seedProducts.map(({ id }) => id)).size).toBe(12);
  const counts = Object.groupBy(seedProducts, ({ category }) => category);
  expect(Object.values(counts).map((products) => products?.length)).toEqual([3, 3, 3, 3]);
});

it('the API takes each as it is', () => {
  for (const { id, name, description, category, price, stock } of seedProducts) {
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,59}$/);
    expect(category).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(name.length).toBeLessThanOrEqual(120);
    expect(description.length).toBeGreaterThan(60);
    expect(Number.isInteger(price.amountCents) && price.amountCents > 0).toBe(true);
    expect(Number.isInteger(stock) && stock > 0).toBe(true);
  }
});
