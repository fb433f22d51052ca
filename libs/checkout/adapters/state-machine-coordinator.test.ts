import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { order } from '../testing/checkout-world.ts';
import { type FakeAws, fakeAws } from '../testing/fake-aws.ts';
import { stateMachineCoordinator } from './state-machine-coordinator.ts';

let aws: FakeAws;
let client: SFNClient;

beforeAll(async () => {
  aws = await fakeAws();
  client = new SFNClient(aws.settings);
});
beforeEach(() => void aws.requests.splice(0));
afterAll(() => {
  client.destroy();
  aws.close();
});

const coordinator = () =>
  stateMachineCoordinator(client, 'arn:aws:states:r:a:stateMachine:checkout');
const sent = () => {
  const [request] = aws.requests;
  const target = String(request?.headers['x-amz-target']).replace(/^.*\./, '');
  return { target, body: JSON.parse(request?.body ?? '{}') };
};

it('starts an execution that is named after the order', async () => {
  aws.answer = { status: 200 };
  await coordinator().start(order);
  expect(sent()).toEqual({
    target: 'StartExecution',
    body: {
      stateMachineArn: 'arn:aws:states:r:a:stateMachine:checkout',
      name: 'o1',
      input: JSON.stringify(order),
    },
  });
});

it('resumes an execution with the outcome of its order', async () => {
  aws.answer = { status: 200 };
  await coordinator().resume('t1', 'confirmed');
  expect(sent()).toEqual({
    target: 'SendTaskSuccess',
    body: { taskToken: 't1', output: '"confirmed"' },
  });
});

it('accepts that the execution exists, or no longer waits', async () => {
  aws.answer = { status: 400, error: 'ExecutionAlreadyExists' };
  await coordinator().start(order);
  for (const error of ['TaskTimedOut', 'TaskDoesNotExist']) {
    aws.answer = { status: 400, error };
    await coordinator().resume('t1', 'cancelled');
  }
  expect(aws.requests).toHaveLength(3);
});

it('reports any other error, so that the outbox repeats the event', async () => {
  aws.answer = { status: 400, error: 'StateMachineDoesNotExist' };
  await expect(coordinator().start(order)).rejects.toThrow();
  aws.answer = { status: 400, error: 'InvalidToken' };
  await expect(coordinator().resume('t1', 'confirmed')).rejects.toThrow();
});
