import { CreateBody, StockBody } from '@triptych/catalog/http/schemas';
import { expect, it } from 'vitest';
import { seedProducts } from './index.ts';

/** The API's own limits: a change of them that the seed does not meet fails here. */
const limits = (schema: object) =>
  schema as { maxLength: number; minimum: number; maximum: number; pattern: string };
const fields = CreateBody.properties;
const cents = limits(fields.price.properties.amountCents);

it('forty products stand in five categories of eight', () => {
  const counts = Object.groupBy(seedProducts, ({ category }) => category);
  expect(Object.keys(counts)).toHaveLength(5);
  expect(Object.values(counts).map((products) => products?.length)).toEqual([8, 8, 8, 8, 8]);
});

it('no two share an id or a name', () => {
  expect(new Set(seedProducts.map(({ id }) => id)).size).toBe(seedProducts.length);
  expect(new Set(seedProducts.map(({ name }) => name)).size).toBe(seedProducts.length);
});

it('one is sold out and one has a single unit left', () => {
  const stocks = seedProducts.map(({ stock }) => stock);
  expect(stocks.filter((stock) => stock === 0)).toHaveLength(1);
  expect(stocks.filter((stock) => stock === 1)).toHaveLength(1);
});

it.each(seedProducts)('the API takes $id as it is', (product) => {
  const { id, name, description, category, price, stock } = product;
  // `seed-<id>` is the receipt's id, which has the limits of all ids: 64 characters.
  expect(id).toMatch(/^[A-Za-z0-9_-]{1,59}$/);
  expect(category).toMatch(new RegExp(limits(fields.category).pattern));
  expect(name.length).toBeLessThanOrEqual(limits(fields.name).maxLength);
  expect(description.length).toBeGreaterThan(60);
  expect(description.length).toBeLessThanOrEqual(limits(fields.description).maxLength);
  expect(price.amountCents).toBeGreaterThanOrEqual(cents.minimum);
  expect(price.amountCents).toBeLessThanOrEqual(cents.maximum);
  expect(price.currency).toBe(fields.price.properties.currency.const);
  expect(stock).toBeLessThanOrEqual(limits(StockBody.properties.quantity).maximum);
  expect(Number.isInteger(price.amountCents) && Number.isInteger(stock) && stock >= 0).toBe(true);
});
