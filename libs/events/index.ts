/** The published language of the shop: what one context may know of another. A leaf: it imports no other library of ours. */
export * from './envelope.ts';
export * from './images.ts';
export * from './message-schema.ts';
export * from './orders.ts';
export * from './registry.ts';
export * from './stock.ts';
export * from './strict-schema.ts';
