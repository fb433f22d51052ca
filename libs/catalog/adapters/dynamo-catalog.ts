import { type DynamoTable, readItem } from '@triptych/platform/aws';
import type { EventOutlet } from '@triptych/platform/outbox';
import type { CatalogStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { dynamoProductList } from './dynamo-product-list.ts';
import { dynamoProducts } from './dynamo-products.ts';
import { dynamoReservations } from './dynamo-reservations.ts';
import { dynamoStock } from './dynamo-stock.ts';
import { dynamoUploads } from './dynamo-uploads.ts';

/** The catalog's store on one DynamoDB table. */
export function dynamoCatalog(
  options: DynamoTable & EventOutlet,
): CatalogStore & { ping(): Promise<void> } {
  return {
    ...dynamoProducts(options),
    ...dynamoProductList(options),
    ...dynamoStock(options),
    ...dynamoReservations(options),
    ...dynamoUploads(options),
    /** Reads one item, which need not exist. Throws if the table cannot be reached. */
    async ping() {
      await readItem(options, keys.product('ping'));
    },
  };
}
