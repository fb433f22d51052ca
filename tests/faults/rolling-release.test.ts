import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { call } from '../conformance/support/http.ts';
import { adminToken, buy, newCustomer, newProduct, orderOf } from '../conformance/support/shop.ts';
import { release } from './support/control.ts';

const INTERVAL_MS = 20;
/** Requests that arrive after the new processes took over, while the old ones drain. */
const AFTERWARDS = 50;
/** Five minutes of requests. A release that takes longer is a fault. */
const MOST = 15_000;

test('a release of catalog and payments at 50 requests a second loses none', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product));
  const requests = [
    { path: `/catalog/products/${product.id}` },
    { path: `/payments/orders/${order.id}`, token },
  ];

  let left = MOST;
  const released = Promise.all([release('catalog'), release('payments')]).finally(() => {
    left = Math.min(left, AFTERWARDS);
  });
  // An open loop: a request begins when it is due, however long the earlier ones take.
  const answers: Promise<number | string>[] = [];
  for (; left > 0; left -= 1) {
    const { path, ...options } = requests[left % requests.length] ?? { path: '/' };
    const answer = call('GET', path, { ...options, once: true });
    answers.push(answer.then(({ status }) => status, String));
    await sleep(INTERVAL_MS);
  }
  await released;
  expect(answers.length).toBeLessThan(MOST);
  expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
});
