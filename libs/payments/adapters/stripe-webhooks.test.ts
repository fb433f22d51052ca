import { Secret } from '@triptych/platform/config';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { stripeWebhooks } from './stripe-webhooks.ts';

const NOW_MS = Date.parse('2026-11-22T10:00:00.000Z');
const NOW_SECONDS = NOW_MS / 1000;
const SECRET = 'whsec_test';
const verify = stripeWebhooks({ secret: new Secret(SECRET), clock: { now: () => NOW_MS } });

function eventOf(type: string, intent: object) {
  return JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object: intent } });
}
const intentOf = (orderId: string | null) => ({
  id: 'pi_1',
  object: 'payment_intent',
  amount: 2400,
  currency: 'usd',
  status: 'succeeded',
  metadata: orderId === null ? {} : { orderId },
});
const succeeded = eventOf('payment_intent.succeeded', intentOf('order-1'));
const sign = (payload: string, timestamp = NOW_SECONDS, by = SECRET) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp });
const check = (payload: string, header: string | undefined) => verify(Buffer.from(payload), header);

describe('a webhook', () => {
  it('with a valid signature reports its intent', async () => {
    expect(await check(succeeded, sign(succeeded))).toEqual({
      eventId: 'evt_1',
      intent: {
        id: 'pi_1',
        orderId: 'order-1',
        status: 'succeeded',
        amount: { amountCents: 2400, currency: 'usd' },
      },
    });
  });

  it.each([
    ['refund.updated', 'succeeded', 'succeeded', null],
    ['refund.updated', 'requires_action', 'pending', null],
    ['refund.updated', 'canceled', 'failed', null],
    ['refund.failed', 'failed', 'failed', 'lost_or_stolen_card'],
  ])('%s that is %s reports a refund that %s', async (type, status, ours, reason) => {
    const refund = eventOf(type, {
      id: 're_1',
      object: 'refund',
      amount: 700,
      currency: 'usd',
      payment_intent: 'pi_1',
      metadata: { orderId: 'order-1', refundId: 'refund-1' },
      status,
      ...(reason === null ? {} : { failure_reason: reason }),
    });
    expect(await check(refund, sign(refund))).toEqual({
      eventId: 'evt_1',
      refund: {
        id: 're_1',
        intentId: 'pi_1',
        orderId: 'order-1',
        refundId: 'refund-1',
        status: ours,
        reason,
        amount: { amountCents: 700, currency: 'usd' },
      },
    });
  });

  it('charge.refunded reports the order of the charge', async () => {
    const metadata = { orderId: 'order-1' };
    const ours = eventOf('charge.refunded', { id: 'ch_1', object: 'charge', metadata });
    expect(await check(ours, sign(ours))).toEqual({ eventId: 'evt_1', refundedOrderId: 'order-1' });
    const other = eventOf('charge.refunded', { id: 'ch_1', object: 'charge', metadata: {} });
    expect(await check(other, sign(other))).toEqual({ eventId: 'evt_1' });
  });

  it('is verified over the raw bytes, including white space', async () => {
    const spaced = `${succeeded.replaceAll(',', ' , ')}\n`;
    expect(await check(spaced, sign(spaced))).toMatchObject({ eventId: 'evt_1' });
    await expect(check(spaced, sign(succeeded))).rejects.toMatchObject({
      kind: 'validation',
      code: 'invalid-signature',
    });
  });

  it.each([-300, 300])('is accepted %d seconds from now', async (offset) => {
    const report = await check(succeeded, sign(succeeded, NOW_SECONDS + offset));
    expect(report.eventId).toBe('evt_1');
  });

  it.each([
    ['too old', sign(succeeded, NOW_SECONDS - 301)],
    ['from the future', sign(succeeded, NOW_SECONDS + 301)],
    ['from the next day', sign(succeeded, NOW_SECONDS + 86_400)],
    ['signed with another secret', sign(succeeded, NOW_SECONDS, 'whsec_other')],
    ['without a signature', undefined],
    ['with a malformed signature', 't=now,v1=abc'],
    ['with a second, later time', `t=${NOW_SECONDS + 9_999},${sign(succeeded)}`],
  ])('is rejected when %s', async (_, header) => {
    await expect(check(succeeded, header)).rejects.toMatchObject({ code: 'invalid-signature' });
  });

  it('of another type reports nothing', async () => {
    const other = eventOf('payment_intent.created', { id: 'pi_1' });
    expect(await check(other, sign(other))).toEqual({ eventId: 'evt_1' });
  });

  it.each([
    ['requires_payment_method', { code: 'card_declined' }, 'declined'],
    ['requires_payment_method', null, 'open'],
    ['canceled', null, 'cancelled'],
    ['processing', null, 'processing'],
    ['requires_confirmation', null, 'open'],
  ])('with status %s and error %j means %s', async (status, last_payment_error, ours) => {
    const payload = eventOf('payment_intent.payment_failed', {
      id: 'pi_1',
      object: 'payment_intent',
      amount: 1,
      currency: 'usd',
      status,
      last_payment_error,
      metadata: {},
    });
    const report = await check(payload, sign(payload));
    expect(report.intent).toMatchObject({ status: ours, orderId: null });
  });

  it.each([
    ['issuer', { code: 'card_declined', decline_code: 'lost_card' }, 'lost_card'],
    ['card', { code: 'expired_card' }, 'expired_card'],
  ])('about a declined intent has the code of the %s', async (_, last_payment_error, code) => {
    const payload = eventOf('payment_intent.payment_failed', {
      ...intentOf('order-1'),
      status: 'requires_payment_method',
      last_payment_error,
    });
    expect(await check(payload, sign(payload))).toMatchObject({ intent: { code } });
  });

  it.each([
    ['abandoned', undefined],
    ['fraudulent', 'fraudulent'],
    [null, 'no-reason'],
  ])('about an intent cancelled as %s has the code %s', async (cancellation_reason, code) => {
    const canceled = { ...intentOf('order-1'), status: 'canceled', cancellation_reason };
    const payload = eventOf('payment_intent.canceled', canceled);
    expect((await check(payload, sign(payload))).intent?.code).toBe(code);
  });

  it.each([
    ['payment_intent.succeeded', { ...intentOf('order-1'), amount: undefined }],
    ['payment_intent.succeeded', { ...intentOf('order-1'), id: undefined }],
    ['payment_intent.succeeded', { ...intentOf('order-1'), object: 'refund' }],
    ['payment_intent.succeeded', { ...intentOf('order-1'), status: 'something_new' }],
    ['refund.updated', { object: 'refund', metadata: { orderId: 'order-1' } }],
  ])('%s about an order is rejected with the object %j', async (type, object) => {
    const payload = eventOf(type, object);
    await expect(check(payload, sign(payload))).rejects.toMatchObject({ code: 'unexpected-event' });
  });

  it('about no order of this shop reports nothing if its object is incomplete', async () => {
    const payload = eventOf('payment_intent.succeeded', { ...intentOf(null), amount: undefined });
    expect(await check(payload, sign(payload))).toEqual({ eventId: 'evt_1' });
  });

  it('without an id is rejected', async () => {
    const payload = JSON.stringify({ object: 'event', type: 'charge.updated', data: {} });
    await expect(check(payload, sign(payload))).rejects.toMatchObject({ code: 'unexpected-event' });
  });

  it.each(['null', 'true', '1', '"x"', '[]', '[null]', '{}', '{"id":1}', '{"id":"evt_1"}'])(
    'with the body %s, which is not an event, is rejected',
    async (payload) => {
      await expect(check(payload, sign(payload))).rejects.toMatchObject({
        kind: 'validation',
        code: 'unexpected-event',
      });
    },
  );

  it.each([
    '{"id":"evt_1","type":null}',
    '{"id":"evt_1","type":5}',
    '{"id":[],"type":"charge.refunded"}',
  ])('with fields of other types is rejected: %s', async (payload) => {
    await expect(check(payload, sign(payload))).rejects.toMatchObject({ code: 'unexpected-event' });
  });

  it.each([
    'null',
    '5',
    '[]',
    '{}',
    '{"object":null}',
    '{"object":7}',
    '{"object":[]}',
    '{"object":{"metadata":null}}',
    '{"object":{"metadata":"x"}}',
    '{"object":{"metadata":{"orderId":[]}}}',
  ])('charge.refunded with the data %s reports nothing', async (data) => {
    const payload = `{"id":"evt_1","type":"charge.refunded","data":${data}}`;
    expect(await check(payload, sign(payload))).toEqual({ eventId: 'evt_1' });
  });
});
