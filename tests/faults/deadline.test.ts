import { afterEach, expect, test } from 'vitest';
import { call, eventually } from '../conformance/support/http.ts';
import {
  adminToken,
  available,
  newCustomer,
  newProduct,
  orderOf,
  place,
  settled,
} from '../conformance/support/shop.ts';
import { deliverDelayedNow, providerBehaves, statement } from './support/control.ts';

afterEach(() => providerBehaves({}));

test('while the provider fails an order stays open; its deadline settles it once the provider is back', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  await providerBehaves({ failWith500: true });
  const placed = await place(token, orderOf(product));
  const id = placed.json.id;
  await eventually(
    async () => (await call<{ state: string }>('GET', `/payments/orders/${id}`, { token })).json,
    (order) => order.state === 'charging',
  );
  await deliverDelayedNow();

  await providerBehaves({});
  const order = await eventually(
    async () => {
      await deliverDelayedNow();
      return (
        await call<{ state: string; reason: string }>('GET', `/payments/orders/${id}`, { token })
      ).json;
    },
    ({ state }) => state === 'cancelled' || state === 'confirmed',
    50_000,
  );
  const charged = (await statement()).filter(
    (charge) => charge.orderId === id && charge.status === 'succeeded',
  );
  const left = await eventually(
    () => available(product.id),
    (units) => units === (order.state === 'confirmed' ? 0 : 1),
  );
  expect({ charged: charged.length, left }).toEqual(
    order.state === 'confirmed' ? { charged: 1, left: 0 } : { charged: 0, left: 1 },
  );
}, 90_000);

test('an answer of the provider that got lost is not taken for a refusal', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  await providerBehaves({ dropAnswers: true });
  const placed = await place(token, orderOf(product));
  await eventually(
    async () =>
      (await call<{ state: string }>('GET', `/payments/orders/${placed.json.id}`, { token })).json,
    (order) => order.state !== 'placed' && order.state !== 'reserved',
  );
  await providerBehaves({});
  const order = await settled(token, placed.json.id).catch(async () => {
    await deliverDelayedNow();
    return settled(token, placed.json.id);
  });
  const charged = (await statement()).filter(
    (charge) => charge.orderId === placed.json.id && charge.status === 'succeeded',
  );
  expect(charged.length).toBe(order.state === 'confirmed' ? 1 : 0);
}, 120_000);
