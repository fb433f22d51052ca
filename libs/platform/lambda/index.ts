/** Runs a service as Lambda functions: one for HTTP, one for its queues and its table's stream. Or as plain functions. */
export * from './functions.ts';
export * from './plain-function.ts';
