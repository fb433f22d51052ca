/** The only list of the contexts, the variants and the coordinations of a checkout. A leaf: pure data, without dependencies. */
export * from './contexts.ts';
export * from './coordinations.ts';
export * from './resource-ids.ts';
export * from './stack-names.ts';
export * from './variants.ts';
