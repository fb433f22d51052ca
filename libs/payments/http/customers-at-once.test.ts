import { meetingOf, type ServedApp, serveApp } from '@triptych/platform/testing/served-app';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeAuth } from '../testing/routes.ts';
import { newWorld, twoCups } from '../testing/world.ts';
import { paymentsRoutes } from './index.ts';

/** The default limit of requests per environment. AWS Lambda Developer Guide, "Web functions: scaling" */
const AT_ONCE = 64;
const customers = Array.from({ length: AT_ONCE }, (_, index) => ({
  account: `account-${index}`,
  lines: [{ productId: `product-of-${index}`, quantity: index + 1 }],
}));

let served: ServedApp;
beforeEach(async () => {
  const allArrived = meetingOf(AT_ONCE);
  const interfere = async (call: string) => {
    if (call === 'place') await allArrived();
    return {};
  };
  const { payments } = newWorld({ interfere });
  const webhooks = () => Promise.reject(new Error('no webhooks'));
  served = await serveApp({
    config: {
      SERVICE_NAME: 'payments',
      VARIANT: 'serverless',
      LOG_LEVEL: 'error',
      TRUSTED_PROXIES: 2,
    },
    title: 'Payments',
    plugin: paymentsRoutes({ payments, auth: fakeAuth, webhooks }),
  });
});
afterEach(() => served.stop());

/** A placed order, or a page of orders. */
interface Answer {
  id: string;
  items: { id: string }[];
}

it('gives 64 customers who order at once, with one idempotency key, an order each', async () => {
  const call = async (account: string, init: RequestInit = {}) => {
    const headers = {
      authorization: `Bearer ${account}`,
      'idempotency-key': 'the-same',
      'content-type': 'application/json',
    };
    const answer = await fetch(`${served.url}/payments/orders`, { ...init, headers });
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  const placed = await Promise.all(
    customers.map(({ account, lines }) =>
      call(account, { method: 'POST', body: JSON.stringify({ ...twoCups, lines }) }),
    ),
  );
  expect(placed).toMatchObject(customers.map(({ lines }) => ({ status: 202, body: { lines } })));
  expect(new Set(placed.map(({ body }) => body.id)).size).toBe(AT_ONCE);
  const listed = await Promise.all(customers.map(({ account }) => call(account)));
  expect(listed.map(({ body }) => body.items.map(({ id }) => id))).toEqual(
    placed.map(({ body }) => [body.id]),
  );
});
