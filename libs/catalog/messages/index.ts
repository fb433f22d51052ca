/** Messages that the catalog's worker takes from its queue. */
export { catalogMessages } from './catalog-messages.ts';
