import { expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { adminToken, unique, usd } from './support/shop.ts';

const product = (id: string) => ({
  id,
  name: 'Second lamp',
  description: 'Made by a conformance check.',
  category: 'conformance',
  price: usd(1000),
});

test('an admin creates a product, whose URL is in Location', async (context) => {
  const token = await adminToken(context);
  const id = unique('lamp');
  const answer = await call('POST', '/catalog/products', { token, body: product(id) });
  expect(answer.status, answer.text).toBe(201);
  expect(answer.headers.get('location')).toMatch(new RegExp(`/catalog/products/${id}$`));
});

test('a price below the minimum charge is accepted with a warning', async (context) => {
  const token = await adminToken(context);
  const body = { ...product(unique('pin')), price: usd(49) };
  const created = await call('POST', '/catalog/products', { token, body });
  expect(created.status, created.text).toBe(201);
  expect(created.json).toMatchObject({ warnings: [{ code: 'price-below-minimum-charge' }] });
  const plain = await call('POST', '/catalog/products', { token, body: product(unique('lamp')) });
  expect(plain.json).not.toHaveProperty('warnings');
});

test('an id that is already taken is a conflict', async (context) => {
  const token = await adminToken(context);
  const body = product(unique('lamp'));
  await call('POST', '/catalog/products', { token, body });
  expectProblem(await call('POST', '/catalog/products', { token, body }), 409, 'already-exists');
});

test.for([
  ['a negative price', { price: usd(-1) }, 'price'],
  ['half a cent', { price: usd(0.5) }, 'price'],
  ['an empty name', { name: '' }, 'name'],
  ['an id with a slash', { id: 'a/b' }, 'id'],
] as const)('rejects %s, naming the field', async ([, change, field], context) => {
  const token = await adminToken(context);
  const answer = await call('POST', '/catalog/products', {
    token,
    body: { ...product(unique('lamp')), ...change },
  });
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain(field);
});
