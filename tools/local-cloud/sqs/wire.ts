import { randomUUID } from 'node:crypto';
import {
  errorResponse,
  type JsonOperation,
  jsonService,
  queryUnsupported,
  rejectUndeclared,
  unknownAction,
  wrapped,
} from '../endpoint/index.ts';
import {
  AwsError,
  type Kernel,
  type WireRequest,
  type WireResponse,
  type WireService,
} from '../kernel.ts';
import { SQS_MEMBERS } from './members.ts';
import { type ReceiveInput, receiveMessage, sqsOperations } from './operations.ts';
import {
  parseSqsQuery,
  queryCode,
  queueInPath,
  sqsQueryResponse,
  withQueryCodes,
} from './query-protocol.ts';
import type { Queues } from './queues.ts';

type Operations = Record<keyof typeof SQS_MEMBERS, JsonOperation>;

/** Names of errors in the JSON protocol, where they differ from the query protocol. */
const JSON_CODES: Record<string, string> = {
  InvalidParameterValue: 'InvalidParameterValueException',
  MissingParameter: 'MissingRequiredParameterException',
};

/** SQS over the JSON protocol and over the older query protocol. */
export function sqsWire(queues: Queues, { accountId, operations: counts }: Kernel): WireService {
  const operations = {
    ...sqsOperations(queues, accountId),
    ReceiveMessage: (input: ReceiveInput, signal?: AbortSignal) =>
      receiveMessage(queues.byUrl(input.QueueUrl), input, accountId, signal),
  } as unknown as Operations;
  const count = (operation: string, input: Record<string, unknown>) => {
    const resource = String(input.QueueUrl ?? input.QueueName ?? '').replace(/^.*\//, '');
    counts.add({ service: 'sqs', operation, resource });
  };
  const counted = wrapped(operations, (run, name) => (input, signal) => {
    count(name, input);
    return run(input, signal);
  });
  const json = jsonService('sqs', '1.0', counted, SQS_MEMBERS);
  return {
    name: 'sqs',
    calls: Object.keys(SQS_MEMBERS),
    handle: (request) =>
      request.headers['x-amz-target'] === undefined
        ? withQueryCodes(() => answerQuery(counted, request))
        : answerJson(json, request),
  };
}

/** Errors of the JSON protocol carry the code of the query protocol in a header. */
async function answerJson(json: WireService, request: WireRequest): Promise<WireResponse> {
  try {
    return await json.handle(request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message, status } = error;
    const named = new AwsError(JSON_CODES[code] ?? code, message, status);
    const { headers, ...response } = errorResponse('json', named, randomUUID());
    const query = `${queryCode(code)};Sender`;
    return { ...response, headers: { ...headers, 'x-amzn-query-error': query } };
  }
}

async function answerQuery(operations: Operations, request: WireRequest): Promise<WireResponse> {
  const { action, input } = parseSqsQuery(request);
  if (!Object.hasOwn(operations, action)) {
    throw unknownAction('sqs', action, Object.keys(operations));
  }
  const name = action as keyof Operations;
  rejectUndeclared(input, SQS_MEMBERS[name], name, queryUnsupported);
  const queue = 'QueueUrl' in SQS_MEMBERS[name] ? queueInPath(request) : {};
  const named = { ...queue, ...input };
  request.caller?.authorize('sqs', name, named);
  const output = await operations[name](named, request.signal);
  return sqsQueryResponse(action, output);
}
