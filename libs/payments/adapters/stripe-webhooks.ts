import type { Secret } from '@triptych/platform/config';
import { AppError } from '@triptych/platform/errors';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Clock, ProviderReport } from '../core/index.ts';
import { toIntent } from './stripe-intent.ts';
import { IntentObject, RefundObject, requested } from './stripe-objects.ts';
import { toRefund } from './stripe-refund.ts';
import { stripeSdk } from './stripe-sdk.ts';

const TOLERANCE_SECONDS = 300;

/** The fields of every event. A signed body can be any JSON value, for example null. */
const AnyEvent = Type.Object({ id: Type.String({ minLength: 1 }), type: Type.String() });
const WithObject = Type.Object({ data: Type.Object({ object: Type.Unknown() }) });
const OfAnOrder = Type.Object({ metadata: Type.Object({ orderId: Type.Unknown() }) });

/**
 * Verifies a webhook and returns its report.
 * @throws AppError validation `invalid-signature`, `malformed-json`, or `unexpected-event` for JSON that is not an
 *   event, or an event about an order of this shop whose object cannot be read
 */
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
    let event: unknown;
    try {
      const bytes = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
      const args = [signature, secret.reveal(), TOLERANCE_SECONDS, undefined, nowMs] as const;
      event = webhooks.constructEvent(bytes, ...args);
    } catch (cause) {
      // The SDK parses the body after it has verified the signature.
      if (cause instanceof SyntaxError) {
        throw new AppError('validation', 'malformed-json', 'The event is not valid JSON.');
      }
      throw invalidSignature(cause);
    }
    if (isFromTheFuture(signature, nowMs)) throw invalidSignature();
    if (!Value.Check(AnyEvent, event)) throw unexpectedEvent();
    return { eventId: event.id, ...contentOf(event) };
  };
}

/**
 * Maps the events that can settle an order or refund. Others are acknowledged and ignored, as are
 * incomplete objects without an order of this shop.
 */
function contentOf(event: Static<typeof AnyEvent>): Omit<ProviderReport, 'eventId'> {
  const object = Value.Check(WithObject, event) ? event.data.object : undefined;
  const orderId = Value.Check(OfAnOrder, object) ? object.metadata.orderId : undefined;
  try {
    switch (event.type) {
      case 'payment_intent.succeeded':
      case 'payment_intent.payment_failed':
      case 'payment_intent.canceled':
        return { intent: toIntent(requested(IntentObject, object)) };
      case 'refund.updated':
      case 'refund.failed':
        return { refund: toRefund(requested(RefundObject, object)) };
      case 'charge.refunded':
        return typeof orderId === 'string' ? { refundedOrderId: orderId } : {};
      default:
        return {};
    }
  } catch (cause) {
    if (orderId === undefined) return {};
    throw unexpectedEvent(cause);
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

/** The provider sends a rejected event again, and shows it in its dashboard. */
function unexpectedEvent(cause?: unknown): AppError {
  const detail = 'The body is signed, but it is not an event, or its object cannot be read.';
  return new AppError('validation', 'unexpected-event', detail, { cause });
}

function invalidSignature(cause?: unknown): AppError {
  const detail = 'The signature is not valid for this body at this time.';
  return new AppError('validation', 'invalid-signature', detail, { cause });
}
