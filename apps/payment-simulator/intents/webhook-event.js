import { intentJson } from './intent.ts';

const API_VERSION = '2026-10-28.endive';
/** The event that tells the shop what has become of an intent. */
export function webhookEvent(type, intent, stamp) {
  const id = `evt_${stamp.id}`;
  const payload = JSON.stringify({
    id,
    object: 'event',
    api_version: API_VERSION,
    created: stamp.nowSeconds,
    data: { object: intentJson(intent) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: stamp.idempotencyKey },
    type,
  });
  return { id, payload };
}
