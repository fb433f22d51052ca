import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { order } from '../testing/checkout-world.ts';
import { type FakeAws, fakeAws } from '../testing/fake-aws.ts';
import { lambdaCoordinator } from './lambda-coordinator.ts';

let aws: FakeAws;
let client: LambdaClient;

beforeAll(async () => {
  aws = await fakeAws();
  client = new LambdaClient(aws.settings);
});
beforeEach(() => void aws.requests.splice(0));
afterAll(() => {
  client.destroy();
  aws.close();
});

const coordinator = () => lambdaCoordinator(client, 'checkout:$LATEST');

it('starts an execution that is named after the order', async () => {
  aws.answer = { status: 202 };
  await coordinator().start(order);
  const [request] = aws.requests;
  expect(request?.headers['x-amz-durable-execution-name']).toBe('o1');
  expect(request?.body).toBe(JSON.stringify(order));
  expect(decodeURIComponent(request?.path ?? '')).toContain('checkout:$LATEST/invocations');
});

it('resumes an execution with the outcome of its order', async () => {
  aws.answer = { status: 200 };
  await coordinator().resume('id/1', 'confirmed');
  expect(aws.requests[0]?.path).toContain('/durable-execution-callbacks/id%2F1/succeed');
  expect(aws.requests[0]?.body).toBe('confirmed');
});

it('accepts that the execution exists, or no longer waits', async () => {
  aws.answer = { status: 409, error: 'DurableExecutionAlreadyStartedException' };
  await coordinator().start(order);
  aws.answer = { status: 400, error: 'CallbackTimeoutException' };
  await coordinator().resume('id', 'cancelled');
  aws.answer = { status: 404, error: 'ResourceNotFoundException' };
  await coordinator().resume('id', 'cancelled');
});

it('reports that Lambda does not answer, so that the outbox repeats the event', async () => {
  aws.answer = { status: 500, error: 'ServiceException' };
  await expect(coordinator().start(order)).rejects.toThrow();
  aws.answer = { status: 404, error: 'ResourceNotFoundException' };
  await expect(coordinator().start(order)).rejects.toThrow();
});
