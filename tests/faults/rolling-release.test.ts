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
/** Far more than a machine that keeps up ever has: a response takes milliseconds. */
const MOST_AT_ONCE = 32;
const ATTEMPTS = 20;
const RETRY_MS = 500;

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
  const asked = new Set<Promise<string>>();
  const answers: Promise<string>[] = [];
  for (; left > 0; left -= 1) {
    const { path, ...options } = requests[left % requests.length] ?? { path: '/' };
    const answer = answerOf(path, options)
      .catch(String)
      .finally(() => asked.delete(answer));
    asked.add(answer);
    answers.push(answer);
    // An open loop: a request begins when it is due, even if earlier ones take long. Only a slow machine meets the limit.
    if (asked.size >= MOST_AT_ONCE) await Promise.race(asked);
    await sleep(INTERVAL_MS);
  }
  await released;
  expect(answers.length).toBeLessThan(MOST);
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['200']));
});

/**
 * Returns the status, with the code of a problem. A request that a service rejects because its event loop is late is repeated:
 * on a slow machine that happens without a release too.
 */
async function answerOf(path: string, options: { token?: string }): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const { status, text, json } = await call('GET', path, { ...options, once: true });
    if (status === 200) return '200';
    if (json?.code !== 'overloaded' || attempt === ATTEMPTS) return `${status} ${text}`;
    await sleep(RETRY_MS);
  }
}
