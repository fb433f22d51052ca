import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { toAppError } from '../http/to-app-error.ts';
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

const settings = (endpoint: string) => ({
  ...clientBounds(100),
  maxAttempts: 1,
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** What a request of ours would be answered with when a call to AWS fails like this. */
async function outcome(endpoint: string) {
  const read = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } });
  const send = new SendMessageCommand({ QueueUrl: `${endpoint}/0/q`, MessageBody: 'x' });
  const errors = await Promise.all([
    new DynamoDBClient(settings(endpoint)).send(read).catch((error: unknown) => error),
    new SQSClient(settings(endpoint)).send(send).catch((error: unknown) => error),
  ]);
  return errors.map((error) => {
    const { kind, code, retryAfterSeconds = 0 } = toAppError(error);
    return { kind, code, saysWhen: retryAfterSeconds >= 1 };
  });
}

const unavailable = { kind: 'unavailable', code: 'unavailable', saysWhen: true };

const failing = (status: number, type: string): RequestListener => {
  return (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'no' }));
};

describe('a call to AWS that fails for a while is 503 with Retry-After', () => {
  it.each<[string, RequestListener]>([
    ['nobody answers in time', () => {}],
    ['the connection breaks', (request) => request.socket.destroy()],
    ['it says 500', failing(500, 'InternalServerError')],
    ['it says 503 in a form of its own', (_request, response) => response.writeHead(503).end('<')],
    ['it throttles', failing(400, 'ThrottlingException')],
    ['the request is too much for now', failing(400, 'RequestLimitExceeded')],
  ])('%s', async (_what, answer) => {
    expect(await outcome(await listen(answer))).toEqual([unavailable, unavailable]);
  });

  it('nobody listens there', async () => {
    const endpoint = await listen(() => {});
    server.close();
    expect(await outcome(endpoint)).toEqual([unavailable, unavailable]);
  });
});

it('a call that will never succeed is our own fault, not an outage', async () => {
  const outcomes = await outcome(await listen(failing(400, 'ValidationException')));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['internal', 'internal']);
});
