/** The catalog in memory, for tests of other packages. */
export { inMemoryCatalog } from './in-memory-catalog.ts';
export { productNamed } from './products.ts';
