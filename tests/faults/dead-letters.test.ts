import { afterEach, expect, test } from 'vitest';
import { eventually } from '../conformance/support/http.ts';
import { deliverDelayedNow, messagesIn, misbehave, redrive } from './support/control.ts';
import { orderWithoutTables } from './support/order-without-tables.ts';

const catalogDeadLetters = /CatalogQueueDeadLetters/;

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

test('a dead letter is redriven, and its order finishes', async (context) => {
  const order = await orderWithoutTables(context);
  await eventually(
    async () => {
      await deliverDelayedNow();
      return messagesIn(catalogDeadLetters);
    },
    (waiting) => waiting > 0,
  );
  await misbehave({ away: [] });

  expect(await redrive('catalog')).toBeGreaterThan(0);
  // The deadline was delivered early as well, so the order may already be cancelled.
  await order.expectEnded();
  // Other messages that failed while the table was down may become dead letters later. They are redriven as well.
  await eventually(
    async () => {
      if ((await messagesIn(catalogDeadLetters)) > 0) await redrive('catalog');
      return messagesIn(catalogDeadLetters);
    },
    (left) => left === 0,
  );
});
