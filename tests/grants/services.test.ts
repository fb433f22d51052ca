import { expect, type TestContext, test } from 'vitest';
import { call, eventually } from '../conformance/support/http.ts';
import { productWithPicture, smooth } from '../conformance/support/pictures.ts';
import { adminToken, anyCustomer, buy, newProduct, orderOf } from '../conformance/support/shop.ts';
import { control, deliverDelayedNow, messagesIn } from '../faults/support/control.ts';

/** The queues of the contexts and of the provider's simulator, each with its dead-letter queue. Deadlines have another. */
const QUEUES = /AuthQueue|CatalogQueue|PaymentsQueue|ImagesQueue|Deliveries/;

test('every schedule reaches its queue or function', async () => {
  const { fired, failures } = await control('POST', '/control/fire-schedules');
  expect(fired).toBeGreaterThan(0);
  expect(failures).toEqual([]);
});

test('every message of a schedule is handled', async () => {
  await handledTwice(fireSchedules);
});

test('every webhook of the provider is handled', async (context) => {
  await handledTwice(() => sell(context));
});

test('every process writes to a log group', async (context) => {
  await sell(context);
  await showPicture(context);
  await handledTwice(fireSchedules);
  const { processes } = await control('GET', '/control/status');
  const all = processes as { stack: string; source: string; logGroup?: string }[];
  const silent = all.filter(({ logGroup }) => logGroup === undefined);
  expect(all).not.toEqual([]);
  expect(silent.map(({ stack, source }) => `${stack}/${source}`)).toEqual([]);
});

const fireSchedules = () => control('POST', '/control/fire-schedules');

/** Confirms an order, which every service but images works on. The provider sends its webhooks. */
async function sell(context: TestContext): Promise<void> {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await anyCustomer();
  expect(await buy(token, orderOf(product))).toMatchObject({ state: 'confirmed' });
}

/** Uploads a picture and gets a rendition of it. */
async function showPicture(context: TestContext): Promise<void> {
  const imageId = await productWithPicture(await adminToken(context), await smooth(320, 200));
  const { status } = await call('GET', `/images/${imageId}/w160.jpeg`);
  expect(status).toBe(200);
}

/**
 * Sends messages, waits until they are handled, and repeats this once: a poll that began before its permission was withdrawn
 * still receives messages. A message that becomes a dead letter is not handled. Messages of earlier suites may remain.
 */
async function handledTwice(send: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const before = await messagesIn(QUEUES);
    await send();
    await eventually(
      async () => {
        await deliverDelayedNow();
        return messagesIn(QUEUES);
      },
      (left) => left <= before,
    );
  }
}
