/** The shop's published language: everything that one context may know about another. It imports only the context map. */
export * from './charge-limits.ts';
export * from './envelope.ts';
export * from './message-schema.ts';
export * from './registry.ts';
export * from './strict-schema.ts';
export * from './traceparent.ts';
