/** The real AWS clients, one per process and service, with the same bounds everywhere. Only the endpoint differs. */
export * from './dynamo.ts';
export * from './event-bridge.ts';
export * from './s3.ts';
export * from './secrets-manager.ts';
export * from './sqs.ts';
