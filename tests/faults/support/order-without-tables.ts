import { expect, type TestContext } from 'vitest';
import {
  adminToken,
  newCustomer,
  newProduct,
  orderOf,
  place,
} from '../../conformance/support/shop.ts';
import { misbehave } from './control.ts';
import { expectBalancedBooks } from './expect-balanced-books.ts';
import { confirmedOf, settledWithDeadline } from './settled-with-deadline.ts';

/** An order that cannot go on. */
interface StuckOrder {
  readonly id: string;
  /** Waits until the order has ended, and checks that the books balance. */
  expectEnded(): Promise<void>;
}

/** Places an order for the only unit of a product, and takes the tables away before anything else happens to it. */
export async function orderWithoutTables(context: TestContext): Promise<StuckOrder> {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();
  // Slows the checkout down, so that the tables are away before its first step.
  await misbehave({ addLatencyMs: 1500 });
  const placed = await place(token, orderOf(product));
  expect(placed.status, placed.text).toBe(202);
  await misbehave({ away: ['dynamodb'], addLatencyMs: 0 });
  const { id } = placed.json;
  return {
    id,
    async expectEnded() {
      const sold = confirmedOf([await settledWithDeadline(token, id)]);
      await expectBalancedBooks({ admin, productId: product.id, received: 1, sold });
    },
  };
}
