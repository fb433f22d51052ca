/** The shop's published language: everything that one context may know about another. Imports no other library of the shop. */
export * from './envelope.ts';
export * from './images.ts';
export * from './message-schema.ts';
export * from './orders.ts';
export * from './registry.ts';
export * from './stock.ts';
export * from './strict-schema.ts';
