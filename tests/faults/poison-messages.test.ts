import type { QueueName } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { eventually } from '../conformance/support/http.ts';
import { adminToken, buy, newCustomer, newProduct, orderOf } from '../conformance/support/shop.ts';
import { deliverDelayedNow } from './support/control.ts';
import { sendDirectly, takeDeadLetters } from './support/queues.ts';

/** Messages that no consumer understands: not JSON, not an event, or an event of an unknown type or shape. */
const poison: [queue: QueueName, bodies: string[]][] = [
  ['auth', ['{}', '{"detail-type":"Scheduled Events","source":"aws.events","detail":{}}']],
  [
    'catalog',
    [
      '{"version":"2","detail-type":"order.placed","source":"triptych.payments","detail":{}}',
      '{"detail-type":"order.placed","source":"triptych.payments","detail":{"id":"x"}}',
      '{"Type":"Notification","Message":"{\\"detail-type\\":\\"order.placed\\"}"}',
    ],
  ],
  [
    'payments',
    [
      '{"detail-type":"stock.reserved","source":"catalog","detail":{"id":"x"',
      '{"detail-type":"stock.reservedd","source":"catalog","detail":{"id":"x"}}',
      '[]',
    ],
  ],
  [
    'images',
    [
      'not json',
      '{"Service":"Amazon S3","Event":"s3:TestEvent"}',
      '{"Records":[{"eventSource":"aws:s3","s3":{"object":{"key":"uploads/x"}}}]}',
      '{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"other"},"object":{"key":"uploads/x"}}}',
      '{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"other"},"object":{"key":"uploads%2Fx"}}}',
    ],
  ],
];

test('messages that no consumer understands become dead letters, and orders are still confirmed', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  for (const [queue, bodies] of poison) {
    for (const body of bodies) await sendDirectly(queue, body);
  }
  expect(await buy(token, orderOf(product))).toMatchObject({ state: 'confirmed' });
  for (const [queue, bodies] of poison) {
    const taken: string[] = [];
    await eventually(
      async () => {
        await deliverDelayedNow();
        taken.push(...(await takeDeadLetters(queue, bodies)));
        return taken;
      },
      ({ length }) => length >= bodies.length,
    );
    expect(taken.toSorted(), queue).toEqual(bodies.toSorted());
  }
});
