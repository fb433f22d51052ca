import type { CatalogStore } from '../core/index.ts';
import { keys, readItem } from './catalog-table.ts';
import { productPage } from './dynamo-product-list.ts';
import { dynamoProducts } from './dynamo-products.ts';
import { dynamoReservations, type ReservationOptions } from './dynamo-reservations.ts';
import { dynamoStock } from './dynamo-stock.ts';
import { dynamoUploads } from './dynamo-uploads.ts';

/** Everything the catalog keeps, in one table. */
export function dynamoCatalog(
  options: ReservationOptions,
): CatalogStore & { ping(): Promise<void> } {
  return {
    ...dynamoProducts(options),
    page: (query) => productPage(options, query),
    ...dynamoStock(options),
    ...dynamoReservations(options),
    ...dynamoUploads(options),
    /** One cheap read of an item that need not exist; throws when the table does not answer. */
    async ping() {
      await readItem(options, keys.product('ping'));
    },
  };
}
