/**
 * AWS clients, one per process and service, with the same timeouts and retries everywhere; and the operations that
 * every context uses on its table.
 */
export * from './dynamo.ts';
export * from './dynamo-items.ts';
export * from './event-bridge.ts';
export * from './lambda.ts';
export * from './retry-conflicts.ts';
export * from './s3.ts';
export * from './secrets-manager.ts';
export * from './shard-of.ts';
export * from './sqs.ts';
export * from './step-functions.ts';
export * from './transact.ts';
