import { SQSClient } from '@aws-sdk/client-sqs';
import { processEnvironment } from '../config/process-environment.ts';
import { clientBounds, oncePerProcess } from './client-bounds.ts';
import { lighten } from './light-client.ts';

/** Leaves room for a slow network after a long poll of 5 s. */
const REQUEST_TIMEOUT_MS = 10_000;

export const sqs = oncePerProcess(() => {
  const endpoint = processEnvironment.awsEndpointUrl();
  const settings = {
    ...clientBounds(REQUEST_TIMEOUT_MS),
    // Without an explicit endpoint, the client would send requests to the host in the QueueUrl.
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  return lighten(new SQSClient(settings), 'sqs');
});
