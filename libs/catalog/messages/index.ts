/** The handler of the messages in the catalog's queue. */
export { catalogMessages } from './catalog-messages.ts';
