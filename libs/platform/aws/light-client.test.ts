import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { lighten } from './light-client.ts';

/** Sends one call, and returns the request that it sends. */
async function received(send: (endpoint: string) => Promise<unknown>) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sent = send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [request, response] = await once(server, 'request');
  const body = await text(request);
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end('{"__type":"No"}');
  await expect(sent).rejects.toThrow();
  server.close();
  server.closeAllConnections();
  return { path: request.url as string, headers: request.headers as IncomingHttpHeaders, body };
}

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
const settings = { region: 'eu-central-1', credentials, maxAttempts: 1 };
/** A signature need not cover them. */
const UNSIGNED = new Set([
  ...['amz-sdk-invocation-id', 'amz-sdk-request', 'content-length', 'user-agent'],
  // The SDK's signer adds it, although only S3 requires it.
  'x-amz-content-sha256',
  'x-amzn-query-mode',
]);
const read = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'ä' } } });
const emit = new PutEventsCommand({ Entries: [{ Detail: '{}', DetailType: 'x', Source: 's' }] });
const post = new SendMessageCommand({ QueueUrl: 'http://127.0.0.1/0/q', MessageBody: 'x' });

it.each([
  {
    service: 'dynamodb',
    usual: new DynamoDBClient(settings),
    send: (endpoint: string) =>
      lighten(new DynamoDBClient({ ...settings, endpoint }), 'dynamodb').send(read),
  },
  {
    service: 'events',
    usual: new EventBridgeClient(settings),
    send: (endpoint: string) =>
      lighten(new EventBridgeClient({ ...settings, endpoint }), 'events').send(emit),
  },
  {
    service: 'sqs',
    usual: new SQSClient(settings),
    send: (endpoint: string) => lighten(new SQSClient({ ...settings, endpoint }), 'sqs').send(post),
  },
])("signs a call of $service as the SDK's signer does", async ({ usual, send }) => {
  const { path, headers, body } = await received(send);
  const { authorization, connection: _connection, ...others } = headers;
  const signer = await usual.config.signer();
  const [, time = ''] = /^(\d{8}T\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
  const iso = time.replace(/^(....)(..)(..)T(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z');
  const request = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path, body };
  const signed = await signer.sign(
    { ...request, headers: others as Record<string, string>, query: {} },
    { signingDate: iso, unsignableHeaders: UNSIGNED },
  );
  expect(authorization).toBe(signed.headers.authorization);
  expect(headers['x-amz-security-token']).toBe('token');
});

it('names the SDK and its API in each call', async () => {
  const client = (endpoint: string) =>
    lighten(new DynamoDBClient({ ...settings, endpoint }), 'dynamodb').send(read);
  const { headers } = await received(client);
  expect(headers['user-agent']).toMatch(/^aws-sdk-js\/3\.\d+.* os\/\w+#.* api\/dynamodb#3\./i);
});
