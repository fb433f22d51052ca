import type { Secret } from '@triptych/platform/config';
import {
  exponentialBackoff,
  InvalidMessageError,
  type MessageHandler,
  onMessageFrom,
  routeMessages,
} from '@triptych/platform/queue';
import {
  addSpanAttributes,
  currentLogger,
  currentTraceparent,
  span,
} from '@triptych/platform/telemetry';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { WEBHOOK_MESSAGE, WEBHOOK_SOURCE } from './delivery-queue.ts';
import { stripeSignature } from './sign.ts';

const TIMEOUT_MS = 10_000;
const backoffSeconds = exponentialBackoff(2, 300);

const Delivery = Type.Object({ id: Type.String(), payload: Type.String() });

interface Options {
  url: string;
  secret: Secret;
  clock: { now(): number };
}

/**
 * Posts each event to the shop and signs every attempt with the current time. An event that is not
 * answered with 2xx goes back to the queue, with exponential backoff, and finally to the dead-letter
 * queue.
 */
export function webhookDeliveries({ url, secret, clock }: Options): MessageHandler {
  const deliver: MessageHandler = async ({ detail, receiveCount }) => {
    if (!Value.Check(Delivery, detail)) {
      throw new InvalidMessageError(WEBHOOK_MESSAGE, 'detail has no id or payload');
    }
    const { id, payload } = detail;
    const attributes = { eventId: id, orderId: orderOf(payload) };
    const status = await span('simulator.deliver-webhook', attributes, async () => {
      const signature = stripeSignature(payload, secret.reveal(), clock.now());
      const answered = await post(url, payload, signature);
      addSpanAttributes({ status: answered });
      if (!isAccepted(answered)) addSpanAttributes({ error: 'webhook-not-accepted' });
      return answered;
    });
    if (isAccepted(status)) return undefined;
    currentLogger().warn({ eventId: id, status }, 'webhook not accepted');
    return { retryAfterSeconds: backoffSeconds(receiveCount) };
  };
  return routeMessages([onMessageFrom(WEBHOOK_SOURCE, WEBHOOK_MESSAGE, deliver)]);
}

const isAccepted = (status: number) => status >= 200 && status < 300;

/** The order id in the metadata of the event's object, for the trace. Empty if there is none. */
function orderOf(payload: string): string {
  const event = JSON.parse(payload) as { data?: { object?: { metadata?: { orderId?: string } } } };
  return event.data?.object?.metadata?.orderId ?? '';
}

/** Returns the status of the answer, or 0 if there is none. */
async function post(url: string, body: string, signature: string): Promise<number> {
  const traceparent = currentTraceparent();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        ...(traceparent === undefined ? {} : { traceparent }),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
