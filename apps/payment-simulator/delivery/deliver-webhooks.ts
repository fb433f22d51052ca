import type { Secret } from '@triptych/platform/config';
import { exponentialBackoff, type MessageHandler, routeMessages } from '@triptych/platform/queue';
import { currentLogger, currentTraceparent, span } from '@triptych/platform/telemetry';
import { WEBHOOK_MESSAGE } from './delivery-queue.ts';
import { stripeSignature } from './sign.ts';

const TIMEOUT_MS = 10_000;
const backoffSeconds = exponentialBackoff(2, 300);

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
  return routeMessages({
    [WEBHOOK_MESSAGE]: async (message) => {
      const { id, payload } = message.detail as { id: string; payload: string };
      const attributes = { eventId: id, orderId: orderOf(payload) };
      const status = await span('simulator.deliver-webhook', attributes, () =>
        post(url, payload, stripeSignature(payload, secret.reveal(), clock.now())),
      );
      if (status >= 200 && status < 300) return undefined;
      currentLogger().warn({ eventId: id, status }, 'webhook not accepted');
      return { retryAfterSeconds: backoffSeconds(message.receiveCount) };
    },
  });
}

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
