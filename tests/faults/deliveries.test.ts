import { afterEach, expect, test } from 'vitest';
import { call, eventually } from '../conformance/support/http.ts';
import { adminToken, buy, newCustomer, newProduct, orderOf } from '../conformance/support/shop.ts';
import { misbehave, statement } from './support/control.ts';
import { seed } from './support/seeded.ts';

afterEach(() => misbehave({ duplicateDeliveries: 0, reorderDeliveries: false }));

test(`duplicate and reordered messages change nothing (seed ${seed})`, async (context) => {
  await misbehave({ seed, duplicateDeliveries: 0.8, reorderDeliveries: true });
  const product = await newProduct(await adminToken(context), { stock: 8 });
  const { token } = await newCustomer();
  const declined = { paymentMethod: 'pm_card_visa_chargeDeclined' };
  const orders = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      buy(token, orderOf(product, 1, n % 2 === 0 ? {} : declined)),
    ),
  );
  expect(orders.map((order) => order.state).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'cancelled'),
    ...Array.from({ length: 4 }, () => 'confirmed'),
  ]);
  await eventually(
    async () =>
      (await call<{ available: number }>('GET', `/catalog/products/${product.id}`)).json.available,
    (left) => left === 4,
  );
  const ids = new Set(orders.map((order) => order.id));
  const charged = (await statement()).filter(
    (charge) => ids.has(charge.orderId) && charge.status === 'succeeded',
  );
  expect(charged.length).toBe(4);
});
