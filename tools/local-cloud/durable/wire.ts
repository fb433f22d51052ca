import { rejectUndeclared } from '../endpoint/index.ts';
import { pageOf } from '../endpoint/page-token.ts';
import { AwsError, type WireRequest } from '../kernel.ts';
import { invalid } from './check-updates.ts';
import type { Execution } from './execution.ts';
import type { Executions } from './executions.ts';
import { DURABLE_MEMBERS, type DurableOperation } from './members.ts';
import type { ErrorObject, OperationUpdate } from './operation.ts';

const EXECUTION = String.raw`^\/2025-12-01\/durable-executions\/([^/]+)`;
const CALLBACK = String.raw`^\/2025-12-01\/durable-execution-callbacks\/([^/]+)`;

/** Each operation by method and path. The group of the path is an ARN, a callback id or a function. */
export const DURABLE_ROUTES: readonly (readonly [string, RegExp, DurableOperation])[] = [
  ['POST', new RegExp(`${EXECUTION}/checkpoint$`), 'CheckpointDurableExecution'],
  ['GET', new RegExp(`${EXECUTION}/state$`), 'GetDurableExecutionState'],
  ['GET', new RegExp(`${EXECUTION}$`), 'GetDurableExecution'],
  ['GET', new RegExp(`${EXECUTION}/history$`), 'GetDurableExecutionHistory'],
  ['POST', new RegExp(`${EXECUTION}/stop$`), 'StopDurableExecution'],
  [
    'GET',
    /^\/2025-12-01\/functions\/([^/]+)\/durable-executions$/,
    'ListDurableExecutionsByFunction',
  ],
  ['POST', new RegExp(`${CALLBACK}/succeed$`), 'SendDurableExecutionCallbackSuccess'],
  ['POST', new RegExp(`${CALLBACK}/fail$`), 'SendDurableExecutionCallbackFailure'],
  ['POST', new RegExp(`${CALLBACK}/heartbeat$`), 'SendDurableExecutionCallbackHeartbeat'],
];

interface Call {
  readonly operation: DurableOperation;
  /** The decoded group of the path. */
  readonly id: string;
  readonly request: WireRequest;
  readonly executions: Executions;
  /** The ARN of a function that a request names, without a version. */
  readonly functionArn: (name: string) => string;
}

/**
 * Answers a call about durable executions. Returns the body of the response.
 * @throws AwsError InvalidParameterValueException, ResourceNotFoundException,
 *   CallbackTimeoutException (the callback has ended)
 */
export function answerDurable({ operation, id, request, executions, functionArn }: Call): object {
  const { query } = request;
  switch (operation) {
    case 'CheckpointDurableExecution':
      return checkpoint(executions, id, request);
    case 'GetDurableExecutionState': {
      const token = query.get('CheckpointToken') ?? '';
      const maxItems = Number(query.get('MaxItems') ?? 1000);
      return executions.find(id).session.state(token, query.get('Marker'), maxItems);
    }
    case 'GetDurableExecution':
      return describe(executions.find(id), query.get('IncludeExecutionData') !== 'false');
    case 'GetDurableExecutionHistory':
      return history(executions.find(id), query);
    case 'ListDurableExecutionsByFunction':
      return list(executions.of(functionArn(id)), query);
    case 'StopDurableExecution':
      return stop(executions.find(id), request);
    default:
      return endCallback({ operation, id, request, executions, functionArn });
  }
}

function checkpoint(executions: Executions, arn: string, request: WireRequest): object {
  const { CheckpointToken, ClientToken, Updates } = DURABLE_MEMBERS.CheckpointDurableExecution;
  const body = parse(request);
  const members = { CheckpointToken, ClientToken, Updates };
  rejectUndeclared(body, members, 'CheckpointDurableExecution');
  const {
    CheckpointToken: token,
    ClientToken: clientToken,
    Updates: updates = [],
  } = body as {
    CheckpointToken: string;
    ClientToken?: string;
    Updates?: OperationUpdate[];
  };
  return executions.find(arn).checkpoint({ token, updates, ...(clientToken && { clientToken }) });
}

/** Without `IncludeExecutionData`, the events have no inputs, results and errors. */
function history(execution: Execution, query: URLSearchParams): object {
  const { events } = execution.operations.history;
  const reverse = query.get('ReverseOrder') === 'true';
  const ordered = reverse ? [...events].reverse() : events;
  const from = Number(query.get('Marker') ?? 0);
  const to = from + Number(query.get('MaxItems') ?? 100);
  const withData = query.get('IncludeExecutionData') === 'true';
  const withoutPayload = (name: string, value: unknown) =>
    name === 'Payload' && !withData ? undefined : value;
  return {
    Events: JSON.parse(JSON.stringify(ordered.slice(from, to), withoutPayload)) as object[],
    ...(to < events.length ? { NextMarker: String(to) } : {}),
  };
}

function stop(execution: Execution, request: WireRequest): object {
  execution.finish('STOPPED', { Error: readError(request, 'StopDurableExecution') });
  return { StopTimestamp: (execution.endedAt ?? Date.now()) / 1000 };
}

function endCallback({ operation, id, request, executions }: Call): object {
  const { execution, operationId } = executions.callback(id);
  let found: boolean;
  if (operation === 'SendDurableExecutionCallbackHeartbeat') {
    found = execution.heartbeat(operationId);
  } else if (operation === 'SendDurableExecutionCallbackFailure') {
    const outcome = { Error: readError(request, operation) };
    found = execution.endCallback(operationId, 'FAILED', outcome);
  } else {
    const text = request.body.toString('utf8');
    const outcome = text === '' ? {} : { Result: text };
    found = execution.endCallback(operationId, 'SUCCEEDED', outcome);
  }
  if (found) return {};
  throw new AwsError('CallbackTimeoutException', 'The callback has already ended.');
}

function list(executions: readonly Execution[], query: URLSearchParams): object {
  const statuses = query.getAll('Statuses');
  const name = query.get('DurableExecutionName');
  const { items, nextToken } = pageOf(
    executions
      .filter((one) => name === null || one.name === name)
      .filter((one) => statuses.length === 0 || statuses.includes(one.status)),
    {
      scope: 'durable executions',
      token: query.get('Marker'),
      limit: Number(query.get('MaxItems') ?? 100),
      keyOf: ({ startedAt, arn }) => [startedAt, arn],
      invalidToken: () => invalid('Invalid Marker.'),
    },
  );
  return {
    DurableExecutions: items.map((one) => describe(one, false)),
    ...(nextToken === undefined ? {} : { NextMarker: nextToken }),
  };
}

function describe(execution: Execution, withData: boolean): object {
  const { arn, name, status, startedAt, endedAt, input, outcome } = execution;
  return {
    DurableExecutionArn: arn,
    DurableExecutionName: name,
    FunctionArn: `${execution.function.arn}:${execution.function.version}`,
    Status: status,
    StartTimestamp: startedAt / 1000,
    ...(endedAt === undefined ? {} : { EndTimestamp: endedAt / 1000 }),
    ...(withData ? { InputPayload: input, ...outcome } : {}),
  };
}

function readError(request: WireRequest, operation: DurableOperation): ErrorObject {
  const error = parse(request);
  const { members } = DURABLE_MEMBERS.StopDurableExecution.Error;
  rejectUndeclared(error, members, operation);
  return error;
}

function parse({ body }: WireRequest): object {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as object;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
