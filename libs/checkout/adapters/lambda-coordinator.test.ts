import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { order } from '../testing/checkout-world.ts';
import { lambdaCoordinator } from './lambda-coordinator.ts';

/** A Lambda endpoint that records its requests and answers with `answer`. */
const requests: { target: string; name: string | undefined; body: string }[] = [];
let answer: { status: number; error?: string };
let server: Server;
let client: LambdaClient;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const name = request.headers['x-amz-durable-execution-name']?.toString();
    const body = Buffer.concat(chunks).toString();
    requests.push({ target: request.url ?? '', name, body });
    const error = answer.error === undefined ? {} : { 'x-amzn-errortype': answer.error };
    response.writeHead(answer.status, { 'content-type': 'application/json', ...error });
    response.end(answer.error === undefined ? '' : '{"Message":"no"}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
beforeEach(() => void requests.splice(0));
afterAll(() => {
  client.destroy();
  server.close();
});

const coordinator = () => lambdaCoordinator(client, 'checkout:$LATEST');

it('starts an execution that is named after the order', async () => {
  answer = { status: 202 };
  await coordinator().start(order);
  expect(requests[0]).toMatchObject({ name: 'o1', body: JSON.stringify(order) });
  expect(decodeURIComponent(requests[0]?.target ?? '')).toContain('checkout:$LATEST/invocations');
});

it('resumes an execution with the outcome of its order', async () => {
  answer = { status: 200 };
  await coordinator().resume('id/1', 'confirmed');
  expect(requests[0]?.target).toContain('/durable-execution-callbacks/id%2F1/succeed');
  expect(requests[0]?.body).toBe('confirmed');
});

it('accepts that the execution exists, or no longer waits', async () => {
  answer = { status: 409, error: 'DurableExecutionAlreadyStartedException' };
  await coordinator().start(order);
  answer = { status: 400, error: 'CallbackTimeoutException' };
  await coordinator().resume('id', 'cancelled');
  answer = { status: 404, error: 'ResourceNotFoundException' };
  await coordinator().resume('id', 'cancelled');
});

it('reports that Lambda does not answer, so that the outbox repeats the event', async () => {
  answer = { status: 500, error: 'ServiceException' };
  await expect(coordinator().start(order)).rejects.toThrow();
  answer = { status: 404, error: 'ResourceNotFoundException' };
  await expect(coordinator().start(order)).rejects.toThrow();
});
