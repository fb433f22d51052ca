/** Runs a service as Lambda functions: one for HTTP, one for queues and the table's stream. */
export * from './functions.ts';
