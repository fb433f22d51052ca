import type { WebhookEvent } from './intent.ts';

const API_VERSION = '2026-10-28.endive';

/** The event that reports the present state of an intent, charge or refund to the shop. */
export function webhookEvent(
  type: string,
  object: object,
  stamp: { id: string; nowSeconds: number; idempotencyKey: string | null },
): WebhookEvent {
  const id = `evt_${stamp.id}`;
  const payload = JSON.stringify({
    id,
    object: 'event',
    api_version: API_VERSION,
    created: stamp.nowSeconds,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: stamp.idempotencyKey },
    type,
  });
  return { id, payload };
}
