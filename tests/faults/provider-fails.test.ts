import { afterEach, expect, test } from 'vitest';
import { call, eventually } from '../conformance/support/http.ts';
import {
  adminToken,
  available,
  newCustomer,
  newProduct,
  type Order,
  orderOf,
  type Product,
  place,
  settled,
} from '../conformance/support/shop.ts';
import { deliverDelayedNow, messagesIn, providerBehaves, statement } from './support/control.ts';

afterEach(() => providerBehaves({}));

const read = async (token: string, id: string) =>
  (await call<Order>('GET', `/payments/orders/${id}`, { token })).json;

/** Places an order whose confirmation the provider answers with 500. Returns it in the state `charging`, undecided. */
async function undecidedOrder(token: string, product: Product): Promise<string> {
  await providerBehaves({ failWith500: true, operations: ['confirm'] });
  const placed = await place(token, orderOf(product));
  expect(placed.status, placed.text).toBe(202);
  await eventually(
    () => read(token, placed.json.id),
    (order) => order.state === 'charging',
  );
  return placed.json.id;
}

async function succeededCharges(orderId: string): Promise<number> {
  const charges = await statement();
  return charges.filter((charge) => charge.orderId === orderId && charge.status === 'succeeded')
    .length;
}

test('an order that cannot be charged is cancelled at its deadline, which releases its stock', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const id = await undecidedOrder(token, product);
  const order = await eventually(
    async () => {
      await deliverDelayedNow();
      return read(token, id);
    },
    ({ state }) => state !== 'charging',
  );
  expect(order).toMatchObject({ state: 'cancelled', reason: 'deadline' });
  expect(await succeededCharges(id)).toBe(0);
  await eventually(
    () => available(product.id),
    (left) => left === 1,
  );
});

test('a deadline decides nothing while the provider is down; the order finishes once it is back', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const id = await undecidedOrder(token, product);
  await providerBehaves({ failWith500: true });
  // The event that reached catalog may reach the deadline queue a moment later.
  await eventually(
    async () => {
      const deadlines = await messagesIn(/DeadlineQueue(?!DeadLetters)/);
      return Math.min(deadlines, await deliverDelayedNow());
    },
    (delivered) => delivered > 0,
  );
  expect((await read(token, id)).state).toBe('charging');

  await providerBehaves({});
  const order = await eventually(
    async () => {
      await deliverDelayedNow();
      return read(token, id);
    },
    ({ state }) => state === 'cancelled' || state === 'confirmed',
  );
  const sold = order.state === 'confirmed' ? 1 : 0;
  expect(await succeededCharges(id)).toBe(sold);
  await eventually(
    () => available(product.id),
    (left) => left === 1 - sold,
  );
});

test.for([
  ['create', 2],
  ['confirm', 1],
] as const)(
  "a gateway's error in JSON is not the provider's answer to %s: the order is charged once",
  async ([operation, failAtGateway], context) => {
    const product = await newProduct(await adminToken(context), { stock: 1 });
    const { token } = await newCustomer();
    await providerBehaves({ failAtGateway, operations: [operation] });
    const placed = await place(token, orderOf(product));
    const order = await settled(token, placed.json.id);
    expect(order).toMatchObject({ state: 'confirmed', reason: null });
    expect(await succeededCharges(order.id)).toBe(1);
  },
);

test('a confirmation whose response is lost is learnt from the webhook, and charged once', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  await providerBehaves({ dropAnswers: 1, operations: ['confirm'] });
  const placed = await place(token, orderOf(product));
  const order = await settled(token, placed.json.id);
  expect(order.state).toBe('confirmed');
  expect(await succeededCharges(order.id)).toBe(1);
});
