/** The only list of the contexts and the variants. A leaf: pure data, without dependencies. */
export * from './contexts.ts';
export * from './resource-ids.ts';
export * from './stack-names.ts';
export * from './variants.ts';
