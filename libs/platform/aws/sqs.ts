import { SQSClient } from '@aws-sdk/client-sqs';
import { processEnvironment } from '../config/process-environment.ts';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

/** Leaves room for a slow network after a long poll of 5 s. */
const REQUEST_TIMEOUT_MS = 10_000;

export const sqs = oncePerProcess(() => {
  const endpoint = processEnvironment.awsEndpointUrl();
  return new SQSClient({
    ...clientBounds(REQUEST_TIMEOUT_MS),
    // Without an explicit endpoint, the client would send requests to the host in the QueueUrl.
    ...(endpoint === undefined ? {} : { endpoint }),
  });
});
