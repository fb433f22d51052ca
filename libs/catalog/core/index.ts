/** Rules and use cases of the catalog. Nothing here depends on where it runs. */
export { type Catalog, type CatalogDeps, createCatalog, createReservations } from './catalog.ts';
export { unexpired } from './expiry.ts';
export * from './listing.ts';
export * from './ports.ts';
export * from './product.ts';
export type { Reservation, ReservationState, Return } from './reservation.ts';
export * from './upload.ts';
export { productWords, wordsOf } from './words.ts';
