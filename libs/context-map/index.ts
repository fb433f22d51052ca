/** The only list of the contexts, the variants, the coordinations of a checkout and the modes of HTTP. A leaf: pure data, without dependencies. */
export * from './contexts.ts';
export * from './coordinations.ts';
export * from './http-modes.ts';
export * from './resource-ids.ts';
export * from './stack-names.ts';
export * from './variants.ts';
