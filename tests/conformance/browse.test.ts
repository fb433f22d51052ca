import { expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { allPages, type Page } from './support/products.ts';
import { adminToken, newProduct, type Product, receive, unique } from './support/shop.ts';

const products = '/catalog/products';

test('the pages of a category hold each of its products exactly once', async (context) => {
  const token = await adminToken(context);
  const category = unique('pages');
  const made = [];
  for (let n = 0; n < 5; n += 1) made.push(await newProduct(token, { stock: 0, category }));
  const { items, pages } = await allPages(products, { category, limit: '2' });
  expect(items.map((item) => item.id).toSorted()).toEqual(
    made.map((product) => product.id).toSorted(),
  );
  expect(pages).toBeGreaterThanOrEqual(3);
});

test('the pages of all products hold no product twice', async () => {
  const { items } = await allPages(products, { limit: '50' });
  expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
});

test('the categories list counts the products in each', async (context) => {
  const token = await adminToken(context);
  const category = unique('counted');
  await newProduct(token, { stock: 0, category });
  await newProduct(token, { stock: 0, category });
  const { json } = await call<{ items: { slug: string; name: string; products: number }[] }>(
    'GET',
    '/catalog/categories',
  );
  expect(json.items.find((item) => item.slug === category)).toMatchObject({ products: 2 });
});

test('a product can be fetched by its id, with its price in minor units', async (context) => {
  const made = await newProduct(await adminToken(context), { stock: 3, priceCents: 4999 });
  const got = await call<Product>('GET', `/catalog/products/${made.id}`);
  expect(got.json).toMatchObject({
    id: made.id,
    price: { amountCents: 4999, currency: 'usd' },
    available: 3,
    image: null,
  });
});

test('a product that has not changed returns 304 to a conditional request', async (context) => {
  const { id } = await newProduct(await adminToken(context), { stock: 0 });
  const path = `/catalog/products/${id}`;
  const etag = (await call('GET', path)).headers.get('etag') ?? '';
  const known = await call('GET', path, { headers: { 'if-none-match': `"0", ${etag}` } });
  expect([known.status, known.text, known.headers.get('etag')]).toEqual([304, '', etag]);
  const other = await call('GET', path, { headers: { 'if-none-match': '"0"' } });
  expect(other.status).toBe(200);
});

test('a product whose stock has changed returns 200 to a conditional request', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 2 });
  const path = `/catalog/products/${id}`;
  const etag = (await call('GET', path)).headers.get('etag') ?? '';
  await receive(token, id, 3);
  const changed = await call<Product>('GET', path, { headers: { 'if-none-match': etag } });
  expect([changed.status, changed.json.available]).toEqual([200, 5]);
});

test('an unknown product returns 404', async () => {
  expectProblem(await call('GET', '/catalog/products/no-such-product'), 404, 'not-found');
});

test('rejects a tampered cursor and a cursor of another filter', async (context) => {
  const token = await adminToken(context);
  const category = unique('cursor');
  await newProduct(token, { stock: 0, category });
  await newProduct(token, { stock: 0, category });
  const page = await call<Page<Product>>('GET', `/catalog/products?category=${category}&limit=1`);
  const cursor = page.json.nextCursor ?? '';
  expect(cursor).not.toBe('');
  const changed = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
  const tampered = await call(
    'GET',
    `/catalog/products?category=${category}&limit=1&cursor=${encodeURIComponent(changed)}`,
  );
  expectProblem(tampered, 400, 'invalid-cursor');
  const elsewhere = await call(
    'GET',
    `/catalog/products?category=other&limit=1&cursor=${encodeURIComponent(cursor)}`,
  );
  expectProblem(elsewhere, 400, 'invalid-cursor');
});

test.each(['0', '101', '-1', 'many'])('rejects a page size of %s', async (limit) => {
  const answer = await call('GET', `/catalog/products?limit=${limit}`);
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain('limit');
});
