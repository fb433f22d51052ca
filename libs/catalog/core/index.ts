/** Rules and use cases of the catalog. Nothing here knows where it runs. */
export { type Catalog, type CatalogParts, createCatalog } from './catalog.ts';
export type { NewProduct } from './create-product.ts';
export * from './ports.ts';
export * from './product.ts';
export type { ImageState, StartedUpload } from './product-images.ts';
export type { Delivery } from './receive-stock.ts';
export { live, type Reservation, type ReservationState } from './reservation.ts';
export * from './upload.ts';
