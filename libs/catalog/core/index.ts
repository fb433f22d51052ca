/** Rules and use cases of the catalog. Nothing here knows where it runs. */
export { type Catalog, type CatalogParts, createCatalog } from './catalog.ts';
export type { ProductChange } from './change-product.ts';
export type { NewProduct } from './create-product.ts';
export * from './listing.ts';
export * from './ports.ts';
export * from './product.ts';
export type { ImageState, StartedUpload } from './product-images.ts';
export type { Delivery } from './receive-stock.ts';
export { live, type Reservation, type ReservationState, type Return } from './reservation.ts';
export type { Refund } from './restock.ts';
export * from './upload.ts';
export { productWords, wordsOf } from './words.ts';
