import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import type { Stock, StockStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { productOf } from './product-item.ts';

/** Receipts: one item each beside its product, written with the change they make. They are the books and never expire. */
export function dynamoStock(of: DynamoTable): StockStore {
  const { client, table } = of;

  async function stockNow(productId: string): Promise<Stock | undefined> {
    const item = await readItem(of, keys.product(productId));
    return item && productOf(item).stock;
  }

  return {
    async receive({ productId, receiptId, quantity, receivedAt }) {
      const receipt = keys.receipt(productId, receiptId);
      const done = await transact(client, [
        putNew(table, { ...receipt, quantity, receivedAt }),
        updateItem(table, keys.product(productId), {
          set: 'SET available = available + :quantity, received = received + :quantity',
          when: 'attribute_exists(pk)',
          values: { ':quantity': quantity },
        }),
      ]);
      const stock = await stockNow(productId);
      if (!stock) return { outcome: 'unknown-product' };
      if (done.committed) return { outcome: 'received', stock };
      const booked = await readItem(of, receipt);
      return booked?.quantity === quantity
        ? { outcome: 'repeated', stock }
        : { outcome: 'receipt-differs' };
    },
  };
}
