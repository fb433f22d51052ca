import { createHmac } from 'node:crypto';
import { call } from './http.ts';
import { unique } from './unique.ts';

/** A provider event in Stripe's format. By default it refers to no order of this shop. */
export function stripeEvent(
  change: { type?: string; created?: number; object?: Record<string, unknown> } = {},
): string {
  const { type = 'payment_intent.succeeded', created = now(), object = {} } = change;
  return JSON.stringify({
    id: unique('evt'),
    object: 'event',
    type,
    created,
    livemode: false,
    data: {
      object: {
        id: unique('pi'),
        object: 'payment_intent',
        status: 'succeeded',
        metadata: {},
        ...object,
      },
    },
  });
}

export const now = () => Math.floor(Date.now() / 1000);

/** Stripe's scheme: HMAC-SHA256 over `<time>.<raw body>` (docs.stripe.com/webhooks). */
export function digest(secret: string, payload: string, atSeconds: number): string {
  return createHmac('sha256', secret).update(`${atSeconds}.${payload}`).digest('hex');
}

export function signature(secret: string, payload: string, atSeconds = now()): string {
  return `t=${atSeconds},v1=${digest(secret, payload, atSeconds)}`;
}

export const sendEvent = (payload: string, header: string) =>
  call('POST', '/payments/webhooks/stripe', {
    raw: payload,
    headers: { 'stripe-signature': header },
    // Each event is handled once.
  });
