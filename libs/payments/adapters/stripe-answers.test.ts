import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@triptych/platform/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentProvider, ProviderStatement } from '../core/index.ts';
import { stripeProvider } from './stripe-provider.ts';

/** The next answers of the server, in order. The last one is repeated. */
let answers: { status: number; body: unknown }[] = [];
let server: Server;
let provider: PaymentProvider & ProviderStatement;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    const next = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(next?.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof next?.body === 'string' ? next.body : JSON.stringify(next?.body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = stripeProvider({ url, key: new Secret('sk_test_answers') });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const answerWith = (body: unknown, status = 200) => {
  answers = [{ status, body }];
};

const amount = { amountCents: 2400, currency: 'usd' };
const order = { orderId: 'order-1', attempt: 1, amount, paymentMethod: 'pm_card_visa' };
const refund = { orderId: 'order-1', refundId: 'refund-1', attempt: 1, intentId: 'pi_1', amount };

const INTENT = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 2400,
  currency: 'usd',
  status: 'succeeded',
  metadata: { orderId: 'order-1' },
};
const REFUND = {
  id: 're_1',
  object: 'refund',
  amount: 2400,
  created: 1,
  currency: 'usd',
  status: 'succeeded',
  payment_intent: 'pi_1',
  metadata: { orderId: 'order-1', refundId: 'refund-1' },
};
const CHARGE = { ...INTENT, id: 'ch_1', object: 'charge', created: 1, payment_intent: 'pi_1' };
const list = (data: unknown[], has_more = false) => ({ object: 'list', data, has_more });

/** Answers of gateways, load balancers and function URLs, which Stripe's SDK takes for success. */
const NO_ANSWERS: [string, number, unknown][] = [
  ['429 of a gateway', 429, { Message: 'Rate Exceeded.' }],
  ['500 of a function URL', 500, { Message: 'Stopping' }],
  ['502 of a load balancer', 502, { message: 'Internal server error' }],
  ['503 of a gateway', 503, { message: 'Service Unavailable' }],
  ['502 in HTML', 502, '<html>Bad Gateway</html>'],
  ['504 with an error without type', 504, { error: { message: 'timed out' } }],
  ['500 with an error in words', 500, { error: 'Internal Server Error' }],
  ['403 with an error in words', 403, { error: 'forbidden' }],
  ['200 with an empty object', 200, {}],
  ['200 with null', 200, 'null'],
  ['200 with a list', 200, []],
  ['200 with another object', 200, { id: 'cus_1', object: 'customer' }],
  ['200 that is cut short', 200, '{"id":"pi_1","obj'],
];

describe.each(NO_ANSWERS)('%s', (_, status, body) => {
  const unknown = { kind: 'unknown', keySpent: false };

  it('leaves every call unknown, without spending its key', async () => {
    answerWith(body, status);
    expect(await provider.createIntent(order)).toEqual(unknown);
    expect(await provider.confirmIntent('pi_1', 'key')).toBe('unknown');
    expect(await provider.retrieveIntent('pi_1')).toBe('unknown');
    expect(await provider.cancelIntent('pi_1')).toBe('unknown');
    expect(await provider.createRefund(refund)).toEqual(unknown);
    expect(await provider.listRefunds('pi_1')).toBe('unknown');
  });

  it('is not a statement', async () => {
    answerWith(body, status);
    const reading = Array.fromAsync(provider.statement(0));
    await expect(reading).rejects.toMatchObject({ kind: 'unavailable', code: 'unavailable' });
  });
});

describe('an intent', () => {
  it.each([
    ['without an id', { id: undefined }],
    ['of another order', { metadata: { orderId: 'order-2' } }],
    ['of another amount', { amount: 1 }],
    ['in another currency', { currency: 'eur' }],
    ['without metadata', { metadata: undefined }],
    ['with an unknown status', { status: 'something_new' }],
  ])('%s is not the one that was created', async (_title, change) => {
    answerWith({ ...INTENT, ...change });
    expect(await provider.createIntent(order)).toEqual({ kind: 'unknown', keySpent: false });
  });

  it.each([
    ['of another id', { id: 'pi_2' }],
    ['without an id', { id: undefined }],
    ['of another type', { object: 'charge' }],
    ['without an amount', { amount: undefined }],
  ])('%s does not answer a question about it', async (_title, change) => {
    answerWith({ ...INTENT, ...change });
    expect(await provider.confirmIntent('pi_1', 'key')).toBe('unknown');
    expect(await provider.retrieveIntent('pi_1')).toBe('unknown');
    expect(await provider.cancelIntent('pi_1')).toBe('unknown');
  });

  it('is declined by a card error about it, but not by one about another intent', async () => {
    const declined = {
      ...INTENT,
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: 'lost_card' },
    };
    const error = { type: 'card_error', code: 'card_declined', payment_intent: declined };
    answerWith({ error }, 402);
    const answer = await provider.confirmIntent('pi_1', 'key');
    expect(answer).toMatchObject({ status: 'declined', code: 'lost_card' });
    expect(await provider.confirmIntent('pi_2', 'key')).toBe('unknown');
    answerWith({ error: { type: 'card_error', code: 'card_declined' } }, 402);
    expect(await provider.confirmIntent('pi_1', 'key')).toBe('unknown');
  });
});

describe('an invalid request', () => {
  it.each([
    ['amount', 'parameter_invalid_integer'],
    ['currency', 'parameter_invalid_string_blank'],
  ])('about the %s names it', async (param, code) => {
    answerWith({ error: { type: 'invalid_request_error', code, param } }, 400);
    const refused = { kind: 'refused', code, about: param };
    expect(await provider.createIntent(order)).toEqual(refused);
  });

  it('about the payment method names its code only', async () => {
    const error = { type: 'invalid_request_error', code: 'x', param: 'payment_method' };
    answerWith({ error }, 400);
    expect(await provider.createIntent(order)).toEqual({ kind: 'refused', code: 'x' });
  });
});

describe('a refund', () => {
  it.each([
    ['without an id', { id: undefined }],
    ['of another intent', { payment_intent: 'pi_2' }],
    ['that another request made', { metadata: { orderId: 'order-1', refundId: 'refund-2' } }],
    ['without metadata', { metadata: null }],
    ['of another amount', { amount: 2399 }],
    ['in another currency', { currency: 'eur' }],
  ])('%s is not the one that was made', async (_title, change) => {
    answerWith({ ...REFUND, ...change });
    expect(await provider.createRefund(refund)).toEqual({ kind: 'unknown', keySpent: false });
  });

  it.each([
    ['with more refunds after it', list([REFUND], true)],
    ['with a refund without an id', list([{ ...REFUND, id: undefined }])],
    ['with a refund of another intent', list([{ ...REFUND, payment_intent: 'pi_2' }])],
    ['without its data', { object: 'list', has_more: false }],
    ['of another type', { data: [REFUND], has_more: false }],
  ])('is not ruled out by a list %s', async (_title, body) => {
    answerWith(body);
    expect(await provider.listRefunds('pi_1')).toBe('unknown');
  });

  it('made in the dashboard, without metadata, is listed', async () => {
    answerWith(list([{ ...REFUND, metadata: null }]));
    expect(await provider.listRefunds('pi_1')).toMatchObject([{ id: 're_1', refundId: null }]);
  });
});

describe('a statement', () => {
  it('continues with the next page', async () => {
    const second = { ...CHARGE, id: 'ch_2', payment_intent: { id: 'pi_2' } };
    answers = [
      { status: 200, body: list([CHARGE], true) },
      { status: 200, body: list([second]) },
      { status: 200, body: list([REFUND]) },
    ];
    const entries = await Array.fromAsync(provider.statement(0));
    expect(entries.map(({ kind, intentId }) => `${kind} ${intentId}`)).toEqual([
      'charge pi_1',
      'charge pi_2',
      'refund pi_1',
    ]);
  });

  it.each([
    ['a charge without an id', [list([{ ...CHARGE, id: undefined }])]],
    ['an empty page before the last', [list([], true)]],
    ['a second page that is not one', [list([CHARGE], true), { Message: 'Stopping' }]],
    ['a refund without a date', [list([]), list([{ ...REFUND, created: undefined }])]],
  ])('is not complete with %s', async (_title, pages) => {
    answers = pages.map((body) => ({ status: 200, body }));
    const reading = Array.fromAsync(provider.statement(0));
    await expect(reading).rejects.toMatchObject({ kind: 'unavailable', code: 'unavailable' });
  });
});
