import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { checkoutMachine } from '@triptych/checkout/states/checkout-machine';
import { SCENARIO_RETRIES, SCENARIOS } from '@triptych/checkout/testing/scenarios';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MACHINE_NAME } from './mocks.ts';

/**
 * LocalStack's Step Functions takes the same way through the checkout as the local cloud, which runs the
 * scenarios in tools/local-cloud/step-functions/checkout-scenarios.test.ts. Its tasks are mocked.
 */
const client = new SFNClient({
  endpoint: process.env.TRIPTYCH_DATA_PLANE ?? '',
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
let stateMachineArn = '';

beforeAll(async () => {
  const definition = JSON.stringify(checkoutMachine, (name, value) => {
    if (name === 'FunctionName') return 'arn:aws:lambda:us-east-1:000000000000:function:steps';
    return name === 'MaxAttempts' && value > 0 ? SCENARIO_RETRIES : value;
  });
  const roleArn = 'arn:aws:iam::000000000000:role/machine';
  const create = new CreateStateMachineCommand({ name: MACHINE_NAME, definition, roleArn });
  stateMachineArn = (await client.send(create)).stateMachineArn ?? '';
});
afterAll(() => client.destroy());

it.each(SCENARIOS)('$name', async ({ name, states, status, output }) => {
  const start = new StartExecutionCommand({
    ...{ stateMachineArn: `${stateMachineArn}#${name}`, name: `o1-${name}` },
    input: '{"orderId":"o1"}',
  });
  const { executionArn } = await client.send(start);
  await expect
    .poll(
      async () => {
        const ended = await client.send(new DescribeExecutionCommand({ executionArn }));
        return { status: ended.status, output: ended.output };
      },
      { timeout: 30_000, interval: 200 },
    )
    .toEqual({ status, output });
  const read = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
  const { events = [] } = await client.send(read);
  const entered = events.flatMap(({ stateEnteredEventDetails: details }) => details?.name ?? []);
  expect(entered).toEqual(states);
});
