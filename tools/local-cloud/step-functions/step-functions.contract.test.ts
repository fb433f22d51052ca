import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../lambda/testing/compute-cloud.ts';
import {
  ROLE,
  type StepFunctionsClient,
  stepFunctionsClient,
} from './testing/step-functions-client.ts';
import { task, tokenTask } from './testing/workflow.ts';

/** Step Functions through the SDK. Its functions run in this process. */
let service: StepFunctionsClient;
let client: SFNClient;

beforeAll(async () => {
  service = await stepFunctionsClient();
  client = service.client;
});
afterAll(() => service?.stop());

async function ended(executionArn: string | undefined) {
  return eventually(async () => {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status !== 'RUNNING' && execution;
  });
}

/** Starts an execution that waits, and returns its ARN and its token. */
async function waiting(stateMachineArn: string, name: string) {
  const before = service.tokens.length;
  const start = new StartExecutionCommand({ stateMachineArn, name });
  const { executionArn } = await client.send(start);
  const taskToken = await eventually(() => service.tokens[before]);
  return { executionArn, taskToken };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error: Error) => error.name,
  );

describe('an execution', () => {
  it('is started with its input, and described with its output', async () => {
    const stateMachineArn = await service.machine('Echo', {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation replaces it.
      A: task('${Echo}', { Output: '{% $states.result.Payload.n + 1 %}', End: true }),
    });
    const input = '{"n":1}';
    const start = new StartExecutionCommand({ stateMachineArn, name: 'one', input });
    const { executionArn, startDate } = await client.send(start);
    expect(executionArn).toBe(stateMachineArn.replace('stateMachine', 'execution').concat(':one'));
    expect(startDate).toBeInstanceOf(Date);
    expect(await ended(executionArn)).toMatchObject({
      ...{ name: 'one', stateMachineArn, status: 'SUCCEEDED', input, output: '2' },
      stopDate: expect.any(Date),
    });
  });

  it('exists once per name: the same call while it runs returns it, any other is an error', async () => {
    const stateMachineArn = await service.machine('Once', {
      A: { Type: 'Wait', Seconds: 900, End: true },
    });
    const start = (input?: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input }));
    const { executionArn, startDate } = await start();
    expect(await start('{}')).toMatchObject({ executionArn, startDate });
    expect(await codeOf(start('{"other":1}'))).toBe('ExecutionAlreadyExists');
    await client.send(new StopExecutionCommand({ executionArn }));
    expect(await codeOf(start())).toBe('ExecutionAlreadyExists');
  });

  it('can be stopped', async () => {
    const stateMachineArn = await service.machine('Stop', { A: tokenTask('keep', { End: true }) });
    const { executionArn, taskToken } = await waiting(stateMachineArn, 'one');
    const stop = new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'stuck' });
    expect((await client.send(stop)).stopDate).toBeInstanceOf(Date);
    const stopped = { status: 'ABORTED', error: 'Operator', cause: 'stuck' };
    expect(await ended(executionArn)).toMatchObject(stopped);
    const success = new SendTaskSuccessCommand({ taskToken, output: '1' });
    expect(await codeOf(client.send(success))).toBe('TaskTimedOut');
  });

  it('has a history in pages, in both orders, with and without its data', async () => {
    const stateMachineArn = await service.machine('History', {
      A: { Type: 'Pass', Assign: { v: 1 }, Output: 'a', Next: 'B' },
      B: task('echo', { End: true }),
    });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await ended(executionArn);
    const read = (more: object) =>
      client.send(new GetExecutionHistoryCommand({ executionArn, ...more }));
    const { events = [], nextToken } = await read({});
    expect(nextToken).toBeUndefined();
    expect(events.map(({ id, type }) => `${id} ${type}`)).toEqual([
      ...['1 ExecutionStarted', '2 PassStateEntered', '3 PassStateExited', '4 TaskStateEntered'],
      ...['5 TaskScheduled', '6 TaskStarted', '7 TaskSucceeded', '8 TaskStateExited'],
      '9 ExecutionSucceeded',
    ]);
    expect(events[0]?.executionStartedEventDetails).toEqual({ input: '{}', roleArn: ROLE });
    expect(events[2]).toMatchObject({
      previousEventId: 2,
      timestamp: expect.any(Date),
      stateExitedEventDetails: { name: 'A', output: '"a"', assignedVariables: { v: '1' } },
    });
    expect(events[4]?.taskScheduledEventDetails).toMatchObject({
      ...{ resourceType: 'lambda', resource: 'invoke', region: 'us-east-1' },
      parameters: '{"FunctionName":"echo","Payload":"a"}',
    });
    const last = await read({ reverseOrder: true, maxResults: 2, includeExecutionData: false });
    expect(last.events?.map(({ id }) => id)).toEqual([9, 8]);
    expect(last.events?.[1]?.stateExitedEventDetails).toEqual({ name: 'B' });
    const next = await read({ reverseOrder: true, maxResults: 2, nextToken: last.nextToken });
    expect(next.events?.map(({ id }) => id)).toEqual([7, 6]);
  });

  it('is listed with the others of its machine, newest first', async () => {
    const stateMachineArn = await service.machine('List', {
      A: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input %}', Next: 'B' }],
        Default: 'C',
      },
      B: { Type: 'Succeed' },
      C: { Type: 'Fail', Error: 'No' },
    });
    for (const [name, input] of [
      ['good', 'true'],
      ['bad', 'false'],
    ]) {
      const start = new StartExecutionCommand({ stateMachineArn, name, input });
      await ended((await client.send(start)).executionArn);
    }
    const list = async (more: object) => {
      const command = new ListExecutionsCommand({ stateMachineArn, ...more });
      const { executions = [], nextToken } = await client.send(command);
      return { names: executions.map(({ name }) => name), nextToken };
    };
    expect((await list({})).names.toSorted()).toEqual(['bad', 'good']);
    expect((await list({ statusFilter: 'FAILED' })).names).toEqual(['bad']);
    const first = await list({ maxResults: 1 });
    const second = await list({ maxResults: 1, nextToken: first.nextToken });
    expect([...first.names, ...second.names].toSorted()).toEqual(['bad', 'good']);
  });
});

describe('a task token', () => {
  it('ends its task with a result, an error, or keeps it alive', async () => {
    const stateMachineArn = await service.machine('Tokens', {
      A: tokenTask('keep', { HeartbeatSeconds: 600, End: true }),
    });
    const one = await waiting(stateMachineArn, 'one');
    await client.send(new SendTaskHeartbeatCommand({ taskToken: one.taskToken }));
    const success = { taskToken: one.taskToken, output: '{"paid":true}' };
    await client.send(new SendTaskSuccessCommand(success));
    expect((await ended(one.executionArn)).output).toBe('{"paid":true}');
    const two = await waiting(stateMachineArn, 'two');
    const failure = { taskToken: two.taskToken, error: 'Declined', cause: 'no money' };
    await client.send(new SendTaskFailureCommand(failure));
    const expected = { status: 'FAILED', error: 'Declined', cause: 'no money' };
    expect(await ended(two.executionArn)).toMatchObject(expected);
  });
});

describe('a state machine', () => {
  it('is listed, and described with its definition', async () => {
    const arn = await service.machine('Described', { A: { Type: 'Succeed' } });
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines.map(({ stateMachineArn }) => stateMachineArn)).toContain(arn);
    const describeIt = new DescribeStateMachineCommand({ stateMachineArn: arn });
    const described = await client.send(describeIt);
    expect(described).toMatchObject({ type: 'STANDARD', status: 'ACTIVE', roleArn: ROLE });
    expect(JSON.parse(described.definition ?? '')).toMatchObject({ StartAt: 'A' });
  });

  it('with an unsupported definition is not created', async () => {
    const states = { A: { Type: 'Parallel', Branches: [], End: true } };
    await expect(service.machine('Bad', states)).rejects.toThrow(
      'the type Parallel of the state A',
    );
  });
});

describe('an error', () => {
  const arnOf = (kind: string) => `arn:aws:states:us-east-1:000000000000:${kind}:none`;
  const stateMachineArn = arnOf('stateMachine');
  it.each<[string, () => Promise<unknown>]>([
    ['StateMachineDoesNotExist', () => client.send(new StartExecutionCommand({ stateMachineArn }))],
    [
      'InvalidArn',
      () => client.send(new StartExecutionCommand({ stateMachineArn: arnOf('execution') })),
    ],
    [
      'ExecutionDoesNotExist',
      () => client.send(new DescribeExecutionCommand({ executionArn: arnOf('execution:x') })),
    ],
    [
      'InvalidToken',
      () => client.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '1' })),
    ],
    [
      'InvalidOutput',
      () => client.send(new SendTaskSuccessCommand({ taskToken: 'x', output: 'no JSON' })),
    ],
    ['InvalidToken', () => client.send(new ListStateMachinesCommand({ nextToken: 'x' }))],
  ])('%s', async (code, call) => {
    expect(await codeOf(call())).toBe(code);
  });

  it.each<[string, object]>([
    ['InvalidName', { name: 'two words' }],
    ['InvalidName', { name: 'a/b' }],
    ['InvalidName', { name: 'x'.repeat(81) }],
    ['InvalidExecutionInput', { input: 'no JSON' }],
  ])('%s of an execution', async (code, more) => {
    const arn = await service.machine('Strict', { A: { Type: 'Succeed' } });
    const start = new StartExecutionCommand({ stateMachineArn: arn, ...more });
    expect(await codeOf(client.send(start))).toBe(code);
  });
});
