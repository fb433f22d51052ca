import type { Secret } from '@triptych/platform/config';
import { AppError } from '@triptych/platform/errors';
import type Stripe from 'stripe';
import type { Clock, ProviderReport } from '../core/index.ts';
import { toIntent } from './stripe-intent.ts';
import { toRefund } from './stripe-refund.ts';
import { stripeSdk } from './stripe-sdk.ts';

const TOLERANCE_SECONDS = 300;

/** Verifies a webhook and returns its report. @throws AppError validation `invalid-signature` */
export type VerifyWebhook = (
  rawBody: Uint8Array,
  signature: string | undefined,
) => Promise<ProviderReport>;

/**
 * Verifies `Stripe-Signature` over the raw bytes with the official SDK, which rejects signatures
 * older than 300 s. Also rejects those more than 300 s in the future, which the SDK accepts.
 */
export function stripeWebhooks(options: { secret: Secret; clock: Clock }): VerifyWebhook {
  const { secret, clock } = options;
  return async (rawBody, signature = '') => {
    const { webhooks } = await stripeSdk();
    const nowMs = clock.now();
    let event: Stripe.Event;
    try {
      const bytes = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
      const args = [signature, secret.reveal(), TOLERANCE_SECONDS, undefined, nowMs] as const;
      event = webhooks.constructEvent(bytes, ...args);
    } catch (cause) {
      throw invalidSignature(cause);
    }
    if (isFromTheFuture(signature, nowMs)) throw invalidSignature();
    return { eventId: event.id, ...contentOf(event) };
  };
}

/** Maps the events that can settle an order or refund. Others are acknowledged and ignored. */
function contentOf(event: Stripe.Event): Omit<ProviderReport, 'eventId'> {
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return { intent: toIntent(event.data.object) };
    case 'refund.updated':
    case 'refund.failed':
      return { refund: toRefund(event.data.object) };
    case 'charge.refunded': {
      const { orderId } = event.data.object.metadata;
      return orderId === undefined ? {} : { refundedOrderId: orderId };
    }
    default:
      return {};
  }
}

/** Checks every `t` in the header, whichever of them the SDK used. */
function isFromTheFuture(signature: string, nowMs: number): boolean {
  const limit = nowMs / 1000 + TOLERANCE_SECONDS;
  return signature
    .split(',')
    .filter((part) => part.startsWith('t='))
    .some((part) => !(Number(part.slice(2)) <= limit));
}

function invalidSignature(cause?: unknown): AppError {
  const detail = 'The signature is not valid for this body at this time.';
  return new AppError('validation', 'invalid-signature', detail, { cause });
}
