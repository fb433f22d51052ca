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
import { expectBooksRight } from './support/expect-books-right.ts';
import { confirmedOf, settledWithDeadline } from './support/settled-with-deadline.ts';

const catalogDeadLetters = /CatalogQueueDeadLetters/;

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

test('an event that failed until it was put aside is redriven, and its order ends', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();

  // The event is on its slow way to catalog when catalog loses its table.
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
    45_000,
  );
  await misbehave({ away: [] });

  expect(await redrive('catalog')).toBeGreaterThan(0);
  // Its deadline has come early as well, so it may have been cancelled before.
  const sold = confirmedOf([await settledWithDeadline(token, placed.json.id)]);
  await expectBooksRight({ admin, productId: product.id, received: 1, sold });
  // What else was tried in vain while the table was away may be put aside later; it goes back like the first.
  await eventually(
    async () => {
      if ((await messagesIn(catalogDeadLetters)) > 0) await redrive('catalog');
      return messagesIn(catalogDeadLetters);
    },
    (left) => left === 0,
  );
}, 120_000);
