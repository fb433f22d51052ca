import { expect, test } from 'vitest';
import { adminToken, anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { allPages, change, read, remove, tag } from './support/products.ts';
import { buy, newProduct, orderOf, type Product, unique, usd } from './support/shop.ts';

const versioned = (version: number) => new RegExp(`^(W/)?"${version}-`);

test('the ETag of a product begins with its version, from its creation on', async (context) => {
  const token = await adminToken(context);
  const created = await call<Product>('POST', '/catalog/products', {
    token,
    body: {
      name: 'Tagged lamp',
      description: '',
      category: 'conformance',
      price: usd(100),
    },
  });
  expect(created.headers.get('etag')).toMatch(versioned(created.json.version));
  const got = await read(created.json.id);
  expect(got.headers.get('etag')).toBe(created.headers.get('etag'));
});

test('a change affects the fields that it names, and no others', async (context) => {
  const token = await adminToken(context);
  const made = await newProduct(token, { stock: 4, priceCents: 1000 });
  const before = (await read(made.id)).json;
  const answer = await change(token, made.id, { price: usd(1200) }, tag(before.version));
  expect(answer.status, answer.text).toBe(200);
  expect(answer.json.version).toBeGreaterThan(before.version);
  expect(answer.headers.get('etag')).toMatch(versioned(answer.json.version));
  const { version, updatedAt, ...rest } = (await read(made.id)).json as Product & {
    updatedAt: string;
  };
  const { version: _v, updatedAt: _u, ...was } = before as typeof before & { updatedAt: string };
  expect(rest).toEqual({ ...was, price: usd(1200) });
});

test.for([
  ['name', 'Renamed lamp'],
  ['description', 'Says something else.'],
] as const)('the %s can be changed', async ([field, value], context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { version } = (await read(id)).json;
  expect((await change(token, id, { [field]: value }, tag(version))).status).toBe(200);
  expect((await read(id)).json).toMatchObject({ [field]: value });
});

test('a product moves from one category to another', async (context) => {
  const token = await adminToken(context);
  const [from, to] = [unique('from'), unique('to')];
  const { id } = await newProduct(token, { stock: 0, category: from });
  const { version } = (await read(id)).json;
  await change(token, id, { category: to }, tag(version));
  const ids = async (category: string) =>
    (await allPages('/catalog/products', { category })).items.map((item) => item.id);
  expect([await ids(from), await ids(to)]).toEqual([[], [id]]);
});

test('a stale version is a conflict and changes nothing', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { version } = (await read(id)).json;
  await change(token, id, { name: 'First' }, tag(version));
  const stale = await change(token, id, { name: 'Second' }, tag(version));
  expectProblem(stale, 409, 'version-conflict');
  expect((await read(id)).json.name).toBe('First');
});

test('only one of two concurrent changes to a version succeeds', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { version } = (await read(id)).json;
  const answers = await Promise.all(
    ['One', 'Two'].map((name) => change(token, id, { name }, tag(version))),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test.for([
  ['missing', undefined],
  ['not a version', '"latest"'],
  ['any version', '*'],
  ['not quoted', '1'],
] as const)('rejects an If-Match that is %s, naming the header', async ([, ifMatch], context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const problem = expectProblem(await change(token, id, { name: 'X' }, ifMatch), 400, 'validation');
  expect(JSON.stringify(problem.errors).toLowerCase()).toContain('if-match');
});

test.for([
  ['a negative price', { price: usd(-1) }, 'price'],
  ['another currency', { price: { amountCents: 1, currency: 'eur' } }, 'price'],
  ['an empty name', { name: '' }, 'name'],
  ['another id', { id: 'other' }, 'id'],
  ['stock', { available: 1000 }, 'available'],
  ['a version', { version: 7 }, 'version'],
] as const)('rejects a change to %s, naming the field', async ([, body, field], context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { version } = (await read(id)).json;
  const problem = expectProblem(await change(token, id, body, tag(version)), 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain(field);
});

test('a product that does not exist cannot be changed or deleted', async (context) => {
  const token = await adminToken(context);
  expectProblem(await change(token, unique('none'), { name: 'X' }, '"1"'), 404, 'not-found');
  expectProblem(await remove(token, unique('none')), 404, 'not-found');
});

test('an order that expects the old price is rejected', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1, priceCents: 1000 });
  const { version } = (await read(product.id)).json;
  await change(admin, product.id, { price: usd(1500) }, tag(version));
  const { token } = await anyCustomer();
  const late = await buy(token, orderOf(product));
  expect(late).toMatchObject({ state: 'rejected', reason: 'price-differs' });
  const aware = await buy(token, orderOf(product, 1, { expectedCents: 1500 }));
  expect(aware).toMatchObject({ state: 'confirmed', total: usd(1500) });
});
