import type { JsonOperation } from '../endpoint/index.ts';
import { type PageRequest, pageOf } from '../endpoint/page-token.ts';
import { AwsError } from '../kernel.ts';
import type { Execution } from './execution.ts';
import { type Executions, taskTimedOut } from './executions.ts';
import { wireEvent } from './history.ts';
import type { Machine } from './machine.ts';
import type { STATES_MEMBERS } from './members.ts';
import { StateError } from './state-error.ts';

type Input = Readonly<Record<string, unknown>>;

/** The default and the most of `maxResults`. */
const DEFAULT_RESULTS = 100;
const MAX_RESULTS = 1000;

/** The supported operations of Step Functions. */
export function statesOperations(
  executions: Executions,
): Record<keyof typeof STATES_MEMBERS, JsonOperation> {
  const execution = (input: Input) => executions.find(required(input, 'executionArn'));
  const machine = (input: Input) => executions.machine(required(input, 'stateMachineArn'));
  const attempt = (input: Input) => executions.waitingWith(required(input, 'taskToken'));
  return {
    StartExecution: (input) => {
      const name = input.name === undefined ? [] : [String(input.name)];
      const { record } = executions.start(
        required(input, 'stateMachineArn'),
        String(input.input ?? '{}'),
        ...name,
      );
      return { executionArn: record.arn, startDate: record.startedAt / 1000 };
    },
    StopExecution: (input) => {
      const stopped = execution(input);
      stopped.abort(optional(input.error), optional(input.cause));
      return { stopDate: (stopped.record.stoppedAt ?? 0) / 1000 };
    },
    DescribeExecution: (input) => describeExecution(execution(input)),
    GetExecutionHistory: (input) => history(execution(input), input),
    ListExecutions: (input) => {
      const { arn } = machine(input);
      const { statusFilter } = input;
      const all = executions
        .of(arn)
        .filter(({ record }) => statusFilter === undefined || record.status === statusFilter);
      const { items, ...more } = page(all, input, {
        scope: `executions of ${arn} ${statusFilter}`,
        keyOf: ({ record }) => [record.startedAt, record.arn],
        descending: true,
      });
      return { executions: items.map(listed), ...more };
    },
    ListStateMachines: (input) => {
      const { items, ...more } = page(executions.machines(), input, {
        scope: 'state machines',
        keyOf: ({ arn }) => [arn],
      });
      return { stateMachines: items.map(summary), ...more };
    },
    DescribeStateMachine: (input) => {
      const found = machine(input);
      const { text: definition, roleArn } = found;
      return { ...summary(found), status: 'ACTIVE', definition, roleArn };
    },
    SendTaskSuccess: (input) => {
      const output = parseOutput(required(input, 'output'));
      return completed(attempt(input).succeed(output));
    },
    SendTaskFailure: (input) => {
      const error = new StateError(String(input.error ?? ''), String(input.cause ?? ''));
      return completed(attempt(input).fail(error));
    },
    SendTaskHeartbeat: (input) => completed(attempt(input).heartbeat()),
  };
}

function completed(wasWaiting: boolean): Record<string, never> {
  if (wasWaiting) return {};
  throw taskTimedOut();
}

function describeExecution(execution: Execution) {
  const { input, output, error, cause } = execution.record;
  const data = { inputDetails: { included: true } };
  return {
    ...{ ...listed(execution), input, output, error, cause, ...data },
    ...(output === undefined ? {} : { outputDetails: { included: true } }),
  };
}

function listed({ record, machine }: Execution) {
  const { arn, name, status, startedAt, stoppedAt } = record;
  return {
    ...{ executionArn: arn, stateMachineArn: machine.arn, name, status },
    startDate: startedAt / 1000,
    ...(stoppedAt === undefined ? {} : { stopDate: stoppedAt / 1000 }),
  };
}

function summary({ arn, name, createdAt }: Machine) {
  return { stateMachineArn: arn, name, type: 'STANDARD', creationDate: createdAt / 1000 };
}

function history({ record }: Execution, input: Input) {
  const isReverse = input.reverseOrder === true;
  const { items, ...more } = page(record.events, input, {
    scope: `history of ${record.arn} ${isReverse}`,
    keyOf: ({ id }) => [id],
    descending: isReverse,
  });
  const withData = input.includeExecutionData !== false;
  return { events: items.map((event) => wireEvent(event, withData)), ...more };
}

function page<T>(
  all: readonly T[],
  { maxResults, nextToken }: Input,
  order: Pick<PageRequest<T>, 'scope' | 'keyOf' | 'descending'>,
) {
  // 0 means the default.
  const limit = Math.min(Number(maxResults ?? 0) || DEFAULT_RESULTS, MAX_RESULTS);
  return pageOf(all, {
    ...{ ...order, token: nextToken, limit },
    invalidToken: () => new AwsError('InvalidToken', `Invalid Token: '${nextToken}'`),
  });
}

function parseOutput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}

function required(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  const text = `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`;
  throw new AwsError('ValidationException', text);
}

function optional(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
