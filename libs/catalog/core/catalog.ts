import type { OrderPlaced } from '@triptych/events';
import { changeProduct, type ProductChange, removeProduct } from './change-product.ts';
import { createProduct, type NewProduct } from './create-product.ts';
import type { CatalogStore, Clock, Ids, Page, PageQuery, UploadTickets } from './ports.ts';
import type { Category, Product, Stock } from './product.ts';
import {
  type ImageState,
  imageState,
  recordVerdict,
  type StartedUpload,
  startUpload,
} from './product-images.ts';
import { findProduct } from './read-products.ts';
import { type Delivery, receiveStock } from './receive-stock.ts';
import { reserveStock } from './reserve-stock.ts';
import { type Refund, restock } from './restock.ts';
import { commitReservation, releaseReservation } from './settle-reservation.ts';
import type { ImageContentType } from './upload.ts';

/** Everything the catalog needs from outside. */
export interface CatalogParts {
  readonly store: CatalogStore;
  readonly uploads: UploadTickets;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The use cases of the catalog; each is described where it is written. */
export interface Catalog {
  listProducts(query: PageQuery): Promise<Page>;
  listCategories(): Promise<Category[]>;
  findProduct(productId: string): Promise<Product>;
  createProduct(input: NewProduct): Promise<Product>;
  changeProduct(productId: string, version: number, change: ProductChange): Promise<Product>;
  removeProduct(productId: string, version?: number): Promise<void>;
  receiveStock(delivery: Delivery): Promise<Stock>;
  startUpload(productId: string, contentType: ImageContentType): Promise<StartedUpload>;
  imageState(productId: string): Promise<ImageState>;
  reserveStock(order: OrderPlaced['data']): Promise<'reserved' | 'rejected' | 'known'>;
  commitReservation(orderId: string): Promise<void>;
  releaseReservation(orderId: string): Promise<void>;
  restock(refund: Refund): Promise<void>;
  recordVerdict(imageId: string, verdict: 'accepted' | { rejected: string }): Promise<void>;
}

/** Wires the use cases to their ports. */
export function createCatalog(parts: CatalogParts): Catalog {
  const { store } = parts;
  return {
    listProducts: (query) => store.page(query),
    listCategories: () => store.categories(),
    findProduct: findProduct(store),
    createProduct: createProduct(parts),
    changeProduct: changeProduct(parts),
    removeProduct: removeProduct(parts),
    receiveStock: receiveStock(parts),
    startUpload: startUpload(parts),
    imageState: imageState(parts),
    reserveStock: reserveStock(parts),
    commitReservation: commitReservation(parts),
    releaseReservation: releaseReservation(parts),
    restock: restock(parts),
    recordVerdict: recordVerdict(parts),
  };
}
