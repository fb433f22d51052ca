import { expect, test } from 'vitest';
import { call } from './support/http.ts';
import { adminToken, newCustomer, newProduct, orderOf, place, settled } from './support/shop.ts';
import { target } from './support/target.ts';

test('Location leads to the created order, even if the base URL has a path', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const placed = await place(token, orderOf(product));
  const asked = `${target.baseUrl}/payments/orders`;
  const found = new URL(placed.headers.get('location') ?? '', asked).href;
  expect(found.startsWith(`${target.baseUrl}/`), found).toBe(true);
  const answer = await call('GET', found.slice(target.baseUrl.length), { token });
  expect(answer.json.id).toBe(placed.json.id);
  await settled(token, placed.json.id);
});
