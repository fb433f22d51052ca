import { expect, test } from 'vitest';
import { adminToken, anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { buy, newProduct, type Order, orderOf, unique } from './support/shop.ts';
import { digest, now, sendEvent, signature, stripeEvent } from './support/stripe-events.ts';
import { need, target } from './support/target.ts';

const secretOf = (context: Parameters<typeof need>[0]) =>
  need(context, target.webhookSecret, 'TRIPTYCH_WEBHOOK_SECRET');

test('a signed event is accepted, and so is its duplicate', async (context) => {
  const payload = stripeEvent();
  const header = signature(secretOf(context), payload);
  const answers = [await sendEvent(payload, header), await sendEvent(payload, header)];
  expect(answers.map((answer) => [answer.status, answer.json])).toEqual([
    [200, { received: true }],
    [200, { received: true }],
  ]);
});

test('five concurrent deliveries of one event are all accepted', async (context) => {
  const payload = stripeEvent();
  const header = signature(secretOf(context), payload);
  const answers = await Promise.all(Array.from({ length: 5 }, () => sendEvent(payload, header)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('an old event with a new signature is accepted', async (context) => {
  const payload = stripeEvent({ created: now() - 3 * 86_400 });
  expect((await sendEvent(payload, signature(secretOf(context), payload))).status).toBe(200);
});

test.for(['charge.updated', 'customer.created', 'something.new'])(
  'an event of an unhandled type (%s) is acknowledged',
  async (type, context) => {
    const payload = stripeEvent({ type });
    expect((await sendEvent(payload, signature(secretOf(context), payload))).status).toBe(200);
  },
);

test('one valid signature among several is enough, as when a secret is rotated', async (context) => {
  const payload = stripeEvent();
  const at = now();
  const header = `t=${at},v1=${'0'.repeat(64)},v1=${digest(secretOf(context), payload, at)}`;
  expect((await sendEvent(payload, header)).status).toBe(200);
});

test('an event that is out of order, or about another intent, does not undo an order', async (context) => {
  const secret = secretOf(context);
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await anyCustomer();
  const { id: orderId } = await buy(token, orderOf(product));
  for (const [type, status] of [
    ['payment_intent.payment_failed', 'requires_payment_method'],
    ['payment_intent.canceled', 'canceled'],
  ] as const) {
    const object = { status, amount: 1, currency: 'usd', metadata: { orderId } };
    const payload = stripeEvent({ type, object });
    expect((await sendEvent(payload, signature(secret, payload))).status).toBe(200);
  }
  const { json } = await call<Order>('GET', `/payments/orders/${orderId}`, { token });
  expect(json.state).toBe('confirmed');
});

test('an event about an unknown order is acknowledged', async (context) => {
  const object = { amount: 1, currency: 'usd', metadata: { orderId: unique('none') } };
  const payload = stripeEvent({ object });
  expect((await sendEvent(payload, signature(secretOf(context), payload))).status).toBe(200);
});

test('the signature covers the white space of the body', async (context) => {
  const secret = secretOf(context);
  const payload = JSON.stringify(JSON.parse(stripeEvent()), null, 3);
  expect((await sendEvent(payload, signature(secret, payload))).status).toBe(200);
  const compact = JSON.stringify(JSON.parse(payload));
  expectProblem(await sendEvent(compact, signature(secret, payload)), 400, 'invalid-signature');
});

// Five minutes are allowed. A future time comes closer while the request is on its way, hence six.
test.for([
  ['301 s old', -301],
  ['a day old', -86_400],
  ['6 minutes ahead', 360],
  ['a day ahead', 86_400],
] as const)('rejects an event whose signature is %s', async ([, offset], context) => {
  const payload = stripeEvent();
  const answer = await sendEvent(payload, signature(secretOf(context), payload, now() + offset));
  expectProblem(answer, 400, 'invalid-signature');
});

test.for([
  ['under another scheme', (v1: string, at: number) => `t=${at},v0=${v1}`],
  ['without its time', (v1: string) => `v1=${v1}`],
  ['with another time', (v1: string, at: number) => `t=${at - 10},v1=${v1}`],
  ['with an invalid time', (v1: string) => `t=soon,v1=${v1}`],
  ['cut short', (v1: string, at: number) => `t=${at},v1=${v1.slice(0, 32)}`],
] as const)('rejects a signature %s', async ([, header], context) => {
  const payload = stripeEvent();
  const at = now();
  const answer = await sendEvent(payload, header(digest(secretOf(context), payload, at), at));
  expectProblem(answer, 400, 'invalid-signature');
});

test.for([70_000, 500_000, 1_000_000])(
  'a signed event of %i bytes is accepted',
  async (bytes, context) => {
    const description = 'x'.repeat(180);
    const line = { id: 'il_1', description };
    const count = Math.floor((bytes - 400) / (JSON.stringify(line).length + 1));
    const lines = { data: Array.from({ length: count }, () => line) };
    const payload = stripeEvent({ type: 'invoice.finalized', object: { lines } });
    expect(payload.length).toBeGreaterThan(bytes * 0.99);
    const answer = await sendEvent(payload, signature(secretOf(context), payload));
    expect(answer.status, answer.text).toBe(200);
  },
);

test('an event larger than 1 MiB is rejected', async () => {
  const payload = stripeEvent({ object: { note: 'x'.repeat(1024 * 1024) } });
  expectProblem(await sendEvent(payload, 't=1,v1=0'), 413, 'body-too-large');
});

test.for(['application/json; charset=utf-8', 'text/plain', 'json', 'application/', null])(
  'a signed event of content type %s is accepted',
  async (contentType, context) => {
    const payload = stripeEvent({ object: { metadata: { constructor: 'x' } } });
    const headers = { 'stripe-signature': signature(secretOf(context), payload) };
    const path = '/payments/webhooks/stripe';
    const answer = await call('POST', path, { raw: payload, headers, contentType });
    expect(answer.status, answer.text).toBe(200);
  },
);

test('rejects a signed body that is not JSON', async (context) => {
  const answer = await sendEvent('{"id":', signature(secretOf(context), '{"id":'));
  expect(answer.status, answer.text).toBe(400);
});

test.for(['null', '1', '"x"', '[]', '{}'])(
  'rejects the signed JSON %s, which is not an event',
  async (payload, context) => {
    const answer = await sendEvent(payload, signature(secretOf(context), payload));
    expectProblem(answer, 400, 'unexpected-event');
  },
);

test('rejects an event signed with another secret, and an unsigned one', async () => {
  const payload = stripeEvent();
  const wrong = await sendEvent(payload, signature('whsec_wrong', payload));
  expectProblem(wrong, 400, 'invalid-signature');
  const none = await call('POST', '/payments/webhooks/stripe', { raw: payload });
  expectProblem(none, 400, 'invalid-signature');
});
