import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { unique } from './support/shop.ts';
import { need, target } from './support/target.ts';

/** An event that concerns no order of this shop, in Stripe's shape. */
const event = () =>
  JSON.stringify({
    id: unique('evt'),
    object: 'event',
    type: 'payment_intent.succeeded',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: {
      object: { id: unique('pi'), object: 'payment_intent', status: 'succeeded', metadata: {} },
    },
  });

/** Stripe's scheme: HMAC-SHA256 over `<time>.<raw body>` (docs.stripe.com/webhooks). */
function signature(secret: string, payload: string, atSeconds: number): string {
  const v1 = createHmac('sha256', secret).update(`${atSeconds}.${payload}`).digest('hex');
  return `t=${atSeconds},v1=${v1}`;
}

const now = () => Math.floor(Date.now() / 1000);
const send = (payload: string, header: string) =>
  call('POST', '/payments/webhooks/stripe', {
    raw: payload,
    headers: { 'stripe-signature': header },
  });

test('a signed event is taken, and taken again when it comes twice', async (context) => {
  const secret = need(context, target.webhookSecret, 'TRIPTYCH_WEBHOOK_SECRET');
  const payload = event();
  const header = signature(secret, payload, now());
  const answers = [await send(payload, header), await send(payload, header)];
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
});

test('white space in the body is part of what is signed', async (context) => {
  const secret = need(context, target.webhookSecret, 'TRIPTYCH_WEBHOOK_SECRET');
  const payload = JSON.stringify(JSON.parse(event()), null, 3);
  expect((await send(payload, signature(secret, payload, now()))).status).toBe(200);
  const compact = JSON.stringify(JSON.parse(payload));
  const answer = await send(compact, signature(secret, payload, now()));
  expectProblem(answer, 400, 'invalid-signature');
});

test.for([
  ['301 s old', -301],
  ['301 s ahead', 301 + 5],
] as const)('an event signed %s is refused', async ([, offset], context) => {
  const secret = need(context, target.webhookSecret, 'TRIPTYCH_WEBHOOK_SECRET');
  const payload = event();
  const answer = await send(payload, signature(secret, payload, now() + offset));
  expectProblem(answer, 400, 'invalid-signature');
});

test('an event with another secret, or none, is refused', async () => {
  const payload = event();
  const wrong = await send(payload, signature('whsec_wrong', payload, now()));
  expectProblem(wrong, 400, 'invalid-signature');
  const none = await call('POST', '/payments/webhooks/stripe', { raw: payload });
  expectProblem(none, 400, 'invalid-signature');
});
