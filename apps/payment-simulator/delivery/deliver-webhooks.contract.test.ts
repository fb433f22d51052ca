import { Secret } from '@triptych/platform/config';
import type { QueueMessage } from '@triptych/platform/queue';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../testing/running-simulator.ts';
import { webhookDeliveries } from './deliver-webhooks.ts';

const SECRET = 'whsec_test';
const NOW_MS = Date.now();
const clock = { now: () => NOW_MS };
let shop: Awaited<ReturnType<typeof startReceiver>>;

beforeEach(async () => {
  shop = await startReceiver();
});
afterEach(() => shop.stop());

const deliver = (url: string, receiveCount = 1) => {
  const message: QueueMessage = {
    id: 'm1',
    type: 'webhook',
    source: 'triptych.simulator',
    detail: { id: 'evt_1', payload: '{"id":"evt_1","note":"schön"}' },
    body: '',
    receiveCount,
  };
  return webhookDeliveries({ url, secret: new Secret(SECRET), clock })(message);
};

describe('delivering a webhook', () => {
  it("posts it with a signature that Stripe's own library accepts", async () => {
    expect(await deliver(shop.url)).toBeUndefined();
    const [{ body, signature } = { body: '', signature: '' }] = shop.received;
    expect(Stripe.webhooks.constructEvent(body, signature, SECRET)).toMatchObject({ id: 'evt_1' });
  });

  it('is retried with exponential backoff while the shop does not accept it', async () => {
    shop.state.status = 503;
    const first = await deliver(shop.url, 1);
    const tenth = await deliver(shop.url, 10);
    expect(first?.retryAfterSeconds).toBeLessThanOrEqual(2);
    expect(tenth?.retryAfterSeconds).toBeGreaterThan(200);
    expect(tenth?.retryAfterSeconds).toBeLessThanOrEqual(300);
  });

  it('is retried when the shop is unreachable', async () => {
    await shop.stop();
    expect(await deliver(shop.url)).toEqual({ retryAfterSeconds: expect.any(Number) });
  });
});
