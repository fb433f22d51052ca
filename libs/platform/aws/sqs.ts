import { SQSClient } from '@aws-sdk/client-sqs';
import { processEnvironment } from '../config/process-environment.ts';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

/** A long poll of 5 s must fit into the request, with room for a slow network. */
const REQUEST_TIMEOUT_MS = 10_000;

export const sqs = oncePerProcess(() => {
  const endpoint = processEnvironment.awsEndpointUrl();
  return new SQSClient({
    ...clientBounds(REQUEST_TIMEOUT_MS),
    // With AWS_ENDPOINT_URL alone the client would follow the host inside QueueUrl.
    ...(endpoint === undefined ? {} : { endpoint }),
  });
});
