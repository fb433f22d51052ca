/** Runs a service as Lambda functions: one for HTTP, one for its queues and its table's stream. */
export * from './functions.ts';
