import { describe, expect, test } from 'vitest';
import { adminToken, anyCustomer, attemptLogIn } from '../conformance/support/accounts.ts';
import { call } from '../conformance/support/http.ts';
import { allPages, type Page, read, remove } from '../conformance/support/products.ts';
import { newProduct, type Product, unique, usd } from '../conformance/support/shop.ts';
import { expectCleanResponse } from './support/expect-clean-response.ts';
import { hostileTexts } from './support/hostile.ts';

const wellFormed = hostileTexts.map((text) => text.toWellFormed());
const query = (name: string, text: string) =>
  `/catalog/products?${new URLSearchParams({ [name]: text })}`;

describe('hostile text', () => {
  test('in a search does not match everything, or is rejected', async (context) => {
    // A new shop has no products, and "everything" must not be empty.
    await newProduct(await adminToken(context), { stock: 0 });
    for (const text of wellFormed.filter((one) => /\w/.test(one))) {
      const answer = await call<Page<Product>>('GET', query('q', text));
      expectCleanResponse(answer, text);
      if (answer.status === 200) {
        const whole = await call<Page<Product>>('GET', '/catalog/products');
        expect(answer.json.items, text).not.toEqual(whole.json.items);
      } else expect(answer.status, text).toBe(400);
    }
  });

  test.each(['category', 'sort', 'cursor', 'limit'])(
    'as %s is rejected or finds nothing',
    async (name) => {
      for (const text of wellFormed.filter((one) => one.trim() !== '')) {
        const answer = await call<Page<Product>>('GET', query(name, text));
        expectCleanResponse(answer, text);
        // A valid slug may be the category of a product that a concurrent attack creates.
        const others = answer.json.items?.filter(
          ({ category }) => name !== 'category' || category !== text,
        );
        if (answer.status === 200) expect(others, text).toEqual([]);
        else expect(answer.status, text).toBe(400);
      }
    },
  );

  test('as an id finds nothing', async () => {
    const { token } = await anyCustomer();
    for (const text of wellFormed.filter((one) => one.trim() !== '' && one !== '.')) {
      for (const list of ['/catalog/products/', '/payments/orders/', '/images/']) {
        const path = `${list}${encodeURIComponent(text)}${list === '/images/' ? '/w160.jpeg' : ''}`;
        const answer = await call('GET', path, { token });
        expectCleanResponse(answer, path);
        expect([400, 404], path).toContain(answer.status);
      }
    }
  });

  test('in a product is stored unchanged and treated as text', async (context) => {
    const token = await adminToken(context);
    const name = `<img src=x onerror=alert(1)> ' OR 1=1 -- ${unique('x')}`;
    const made = await call<Product>('POST', '/catalog/products', {
      token,
      body: { name, description: '{{7*7}} \u202e', category: 'conformance', price: usd(1) },
    });
    expect(made.status, made.text).toBe(201);
    const got = await read(made.json.id);
    expect(got.json).toMatchObject({ name, description: '{{7*7}} \u202e' });
    expect(got.headers.get('content-type')).toMatch(/^application\/json/);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    await remove(token, made.json.id);
  });
});

test.each([
  [{ email: { $gt: '' }, password: { $gt: '' } }],
  [{ email: ['admin@triptych.example'], password: 'x'.repeat(9) }],
  [{ email: { $regex: '.*' }, password: { $ne: null } }],
  [{ email: "' OR 1=1 --", password: "' OR 1=1 --" }],
])('%j does not log in', async (body) => {
  const answer = await call('POST', '/auth/login', { body });
  expectCleanResponse(answer, JSON.stringify(body));
  expect([400, 401]).toContain(answer.status);
});

test('no JSON makes a customer an admin', async () => {
  const { email, password, token } = await anyCustomer();
  for (const raw of [
    `{"email":"${email}","password":"${password}","__proto__":{"role":"admin"}}`,
    `{"email":"${email}","password":"${password}","constructor":{"prototype":{"role":"admin"}}}`,
    `{"email":"${email}","password":"${password}","role":"admin"}`,
    `{"email":"${email}","password":"${password}","x":{"__proto__":{"role":"admin"}}}`,
  ]) {
    expect((await call('POST', '/auth/register', { raw })).status).toBe(400);
    expect((await call('POST', '/auth/login', { raw })).status).toBe(400);
  }
  expect((await call('GET', '/auth/me', { token })).json.role).toBe('customer');
  expect((await attemptLogIn(email, password)).status).toBe(200);
});

test('categories named like built-in properties behave like any other', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0, category: 'constructor' });
  const { items } = await allPages('/catalog/products', { category: 'constructor' });
  expect(items.map((item) => item.id)).toContain(id);
  const none = await allPages('/catalog/products', { category: 'tostring' });
  expect(none.items).toEqual([]);
  await remove(token, id);
});
