import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import type { StockStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { IN_SHOP, productInShop } from './product-item.ts';

/**
 * Receipts of stock. Each is an item in its product's partition, written in one transaction with
 * the stock it changes. Receipts never expire.
 */
export function dynamoStock(of: DynamoTable): StockStore {
  const { client, table } = of;
  return {
    async receive({ productId, receiptId, quantity, receivedAt }) {
      const receipt = keys.receipt(productId, receiptId);
      const account = quantity > 0 ? 'received' : 'adjustments';
      const done = await transact(client, [
        putNew(table, { ...receipt, quantity, receivedAt }),
        updateItem(table, keys.product(productId), {
          set: `SET available = available + :quantity, ${account} = ${account} + :quantity`,
          when: `${IN_SHOP} AND available >= :needed`,
          values: { ':quantity': quantity, ':needed': Math.max(0, -quantity) },
        }),
      ]);
      const stock = productInShop(await readItem(of, keys.product(productId)))?.stock;
      if (!stock) return { outcome: 'unknown-product' };
      if (done.committed) return { outcome: 'received', stock };
      const booked = await readItem(of, receipt);
      if (!booked) return { outcome: 'too-few' };
      return booked.quantity === quantity
        ? { outcome: 'repeated', stock }
        : { outcome: 'receipt-differs' };
    },
  };
}
