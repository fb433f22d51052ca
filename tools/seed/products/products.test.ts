import { CreateBody, StockBody } from '@triptych/catalog/http/schemas';
import { expect, it } from 'vitest';
import { seedProducts } from './index.ts';

/** The API's own limits. The tests fail if a limit changes and the seed exceeds it. */
const limits = (schema: object) =>
  schema as { maxLength: number; minimum: number; maximum: number; pattern: string };
const fields = CreateBody.properties;
const cents = limits(fields.price.properties.amountCents);

it('there are forty products, eight in each of five categories', () => {
  const counts = Object.groupBy(seedProducts, ({ category }) => category);
  expect(Object.keys(counts)).toHaveLength(5);
  expect(Object.values(counts).map((products) => products?.length)).toEqual([8, 8, 8, 8, 8]);
});

it('ids and names are unique', () => {
  expect(new Set(seedProducts.map(({ id }) => id)).size).toBe(seedProducts.length);
  expect(new Set(seedProducts.map(({ name }) => name)).size).toBe(seedProducts.length);
});

it('one product is sold out, and one has a single unit', () => {
  const stocks = seedProducts.map(({ stock }) => stock);
  expect(stocks.filter((stock) => stock === 0)).toHaveLength(1);
  expect(stocks.filter((stock) => stock === 1)).toHaveLength(1);
});

it.each(seedProducts)('the API accepts $id', (product) => {
  const { id, name, description, category, price, stock } = product;
  // The id of the receipt is `seed-<id>`. Ids have at most 64 characters.
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
