/** Incoming messages: one code path from a polling loop or a Lambda batch to a use case. */
export * from './exponential-backoff.ts';
export * from './invalid-message-error.ts';
export * from './lambda-batch.ts';
export * from './polling-loop.ts';
export * from './process-message.ts';
export * from './queue-message.ts';
export * from './route-messages.ts';
