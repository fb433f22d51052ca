import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { toAppError } from '../http/to-app-error.ts';
import { PATIENT_MS } from '../testing/patience.ts';
import { clientBounds } from './client-bounds.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Short for calls that must time out. */
const TIMEOUT_MS = 100;

const settings = (endpoint: string, timeoutMs: number) => ({
  ...clientBounds(timeoutMs),
  maxAttempts: 1,
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** The errors that a request would get when a call to AWS fails like this. */
async function outcome(endpoint: string, timeoutMs = TIMEOUT_MS) {
  const read = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } });
  const send = new SendMessageCommand({ QueueUrl: `${endpoint}/0/q`, MessageBody: 'x' });
  const errors = await Promise.all([
    new DynamoDBClient(settings(endpoint, timeoutMs)).send(read).catch((error: unknown) => error),
    new SQSClient(settings(endpoint, timeoutMs)).send(send).catch((error: unknown) => error),
  ]);
  return errors.map((error) => {
    const { kind, code, retryAfterSeconds = 0 } = toAppError(error);
    return { kind, code, hasRetryAfter: retryAfterSeconds >= 1 };
  });
}

const unavailable = { kind: 'unavailable', code: 'unavailable', hasRetryAfter: true };

const failing = (status: number, type: string): RequestListener => {
  return (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'no' }));
};

describe('a temporary failure of a call to AWS becomes 503 with Retry-After', () => {
  it.each<[string, RequestListener]>([
    ['no response in time', () => {}],
    ['a reset connection', (request) => request.socket.destroy()],
    ['status 500', failing(500, 'InternalServerError')],
    [
      'status 503 with a body that is not JSON',
      (_request, response) => response.writeHead(503).end('<'),
    ],
    ['throttling', failing(400, 'ThrottlingException')],
    ['an exceeded request limit', failing(400, 'RequestLimitExceeded')],
  ])('%s', async (_what, answer) => {
    expect(await outcome(await listen(answer))).toEqual([unavailable, unavailable]);
  });

  it('a refused connection', async () => {
    const endpoint = await listen(() => {});
    server.close();
    expect(await outcome(endpoint)).toEqual([unavailable, unavailable]);
  });
});

it('a permanent failure becomes an internal error', async () => {
  const endpoint = await listen(failing(400, 'ValidationException'));
  const outcomes = await outcome(endpoint, PATIENT_MS);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['internal', 'internal']);
});
