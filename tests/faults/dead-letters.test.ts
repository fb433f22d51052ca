import { afterEach, expect, test } from 'vitest';
import { eventually } from '../conformance/support/http.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  orderOf,
  place,
} from '../conformance/support/shop.ts';
import { deliverDelayedNow, messagesIn, misbehave, redrive } from './support/control.ts';
import { expectBalancedBooks } from './support/expect-balanced-books.ts';
import { confirmedOf, settledWithDeadline } from './support/settled-with-deadline.ts';

const catalogDeadLetters = /CatalogQueueDeadLetters/;

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

test('a dead letter is redriven, and its order finishes', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();

  // Slows the event down, so that catalog loses its table before the event arrives.
  await misbehave({ addLatencyMs: 1500 });
  const placed = await place(token, orderOf(product));
  expect(placed.status, placed.text).toBe(202);
  await misbehave({ away: ['dynamodb'], addLatencyMs: 0 });
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
  const sold = confirmedOf([await settledWithDeadline(token, placed.json.id)]);
  await expectBalancedBooks({ admin, productId: product.id, received: 1, sold });
  // Other messages that failed while the table was down may become dead letters later. They are redriven as well.
  await eventually(
    async () => {
      if ((await messagesIn(catalogDeadLetters)) > 0) await redrive('catalog');
      return messagesIn(catalogDeadLetters);
    },
    (left) => left === 0,
  );
});
