import type { StockAnswer } from '@triptych/events';
import { answerOrder } from './answer-order.ts';
import { type ChangeProduct, changeProduct } from './change-product.ts';
import { commitReservation } from './commit-reservation.ts';
import { type CreateProduct, createProduct } from './create-product.ts';
import { findImageState, type ImageState } from './find-image-state.ts';
import { findProduct } from './find-product.ts';
import { listCategories } from './list-categories.ts';
import { listProducts } from './list-products.ts';
import type { CatalogStore, Clock, Ids, Page, PageQuery, UploadTickets } from './ports.ts';
import type { Category, Product, Stock } from './product.ts';
import { type ReceiveStock, receiveStock } from './receive-stock.ts';
import { type RecordVerdict, recordVerdict } from './record-verdict.ts';
import { releaseReservation } from './release-reservation.ts';
import { type RemoveProduct, removeProduct } from './remove-product.ts';
import { type ReserveOutcome, type ReserveStock, reserveStock } from './reserve-stock.ts';
import { type Restock, restock } from './restock.ts';
import { type StartedUpload, type StartUpload, startUpload } from './start-upload.ts';

/** The ports of all use cases. */
export interface CatalogDeps {
  store: CatalogStore;
  uploads: UploadTickets;
  clock: Clock;
  ids: Ids;
}

/** The use cases of the catalog. Each is documented in the file of the same name. */
export interface Catalog {
  listProducts(query: PageQuery): Promise<Page>;
  listCategories(): Promise<Category[]>;
  findProduct(productId: string): Promise<Product>;
  createProduct(command: CreateProduct): Promise<Product>;
  changeProduct(command: ChangeProduct): Promise<Product>;
  removeProduct(command: RemoveProduct): Promise<void>;
  receiveStock(command: ReceiveStock): Promise<Stock>;
  startUpload(command: StartUpload): Promise<StartedUpload>;
  findImageState(productId: string): Promise<ImageState>;
  recordVerdict(command: RecordVerdict): Promise<void>;
  reserveStock(command: ReserveStock): Promise<ReserveOutcome>;
  answerOrder(command: ReserveStock): Promise<StockAnswer>;
  commitReservation(orderId: string): Promise<void>;
  releaseReservation(orderId: string): Promise<void>;
  restock(command: Restock): Promise<void>;
}

/** The use cases of an order's stock, for a coordinator that asks for them. */
export type Reservations = Pick<
  Catalog,
  'answerOrder' | 'commitReservation' | 'releaseReservation'
>;

/** Binds the use cases of an order's stock to their ports. */
export function createReservations(deps: Pick<CatalogDeps, 'store' | 'clock'>): Reservations {
  return {
    answerOrder: (command) => answerOrder(deps, command),
    commitReservation: (orderId) => commitReservation(deps, orderId),
    releaseReservation: (orderId) => releaseReservation(deps, orderId),
  };
}

/** Binds the use cases to their ports. */
export function createCatalog(deps: CatalogDeps): Catalog {
  return {
    listProducts: (query) => listProducts(deps, query),
    listCategories: () => listCategories(deps),
    findProduct: (productId) => findProduct(deps, productId),
    createProduct: (command) => createProduct(deps, command),
    changeProduct: (command) => changeProduct(deps, command),
    removeProduct: (command) => removeProduct(deps, command),
    receiveStock: (command) => receiveStock(deps, command),
    startUpload: (command) => startUpload(deps, command),
    findImageState: (productId) => findImageState(deps, productId),
    recordVerdict: (command) => recordVerdict(deps, command),
    reserveStock: (command) => reserveStock(deps, command),
    ...createReservations(deps),
    restock: (command) => restock(deps, command),
  };
}
