import { type DynamoTable, readItem } from '@triptych/platform/aws';
import type { EventOutlet } from '@triptych/platform/outbox';
import type { CatalogStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { dynamoProductList } from './dynamo-product-list.ts';
import { dynamoProducts } from './dynamo-products.ts';
import { dynamoReservations } from './dynamo-reservations.ts';
import { dynamoStock } from './dynamo-stock.ts';
import { dynamoUploads } from './dynamo-uploads.ts';

/** Everything the catalog keeps, in one table. */
export function dynamoCatalog(
  options: DynamoTable & EventOutlet,
): CatalogStore & { ping(): Promise<void> } {
  return {
    ...dynamoProducts(options),
    ...dynamoProductList(options),
    ...dynamoStock(options),
    ...dynamoReservations(options),
    ...dynamoUploads(options),
    /** One cheap read of an item that need not exist; throws when the table does not answer. */
    async ping() {
      await readItem(options, keys.product('ping'));
    },
  };
}
