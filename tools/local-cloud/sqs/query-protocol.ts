import { escapeXml, parseQueryRequest, type QueryInput, queryResponse } from '../endpoint/index.ts';
import { isObject } from '../is-object.ts';
import { AwsError, type WireRequest, type WireResponse } from '../kernel.ts';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** Names of lists in the query protocol, with their names in the JSON protocol. */
const LISTS: Record<string, string> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  SendMessageBatchRequestEntry: 'Entries',
  DeleteMessageBatchRequestEntry: 'Entries',
  ChangeMessageVisibilityBatchRequestEntry: 'Entries',
};
/** Lists of name and value in the query protocol, which are maps in the JSON protocol. */
const MAPS: Record<string, { name: string; key: string }> = {
  Attribute: { name: 'Attributes', key: 'Name' },
  MessageAttribute: { name: 'MessageAttributes', key: 'Name' },
  MessageSystemAttribute: { name: 'MessageSystemAttributes', key: 'Name' },
  Tag: { name: 'tags', key: 'Key' },
};
/** Names of the elements of lists and maps in responses. The action replaces the star. */
const ELEMENTS: Record<string, string> = {
  Attributes: 'Attribute',
  MessageAttributes: 'MessageAttribute',
  Messages: 'Message',
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
  Successful: '*ResultEntry',
  Failed: 'BatchResultErrorEntry',
  Results: '*ResultEntry',
};

/** Error codes of the query protocol. The JSON protocol sends them in a header. */
const QUERY_CODES: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** The code of an error in the query protocol. Clients written for it compare with these. */
export function queryCode(code: string): string {
  return QUERY_CODES[code] ?? code;
}

/** The action and the input of a query request, in the names of the JSON protocol. */
export function parseSqsQuery(request: WireRequest): { action: string; input: QueryInput } {
  const { action, input } = parseQueryRequest(request);
  return { action, input: jsonNames(input) };
}

/** The queue that a client names in the path only, as old clients do. */
export function queueInPath({ path }: WireRequest): QueryInput {
  return /^\/\d+\/[^/]+$/.test(path) ? { QueueUrl: path } : {};
}

/** The response of a query request, from the output in the names of the JSON protocol. */
export function sqsQueryResponse(action: string, output: object): WireResponse {
  return queryResponse(action, NAMESPACE, xml(action, output));
}

/** Runs `work` with the error codes of the query protocol. */
export async function withQueryCodes<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(queryCode(error.code), error.message, error.status);
  }
}

function jsonNames(input: QueryInput): QueryInput {
  const entries = Object.entries(input).map(([name, value]) => {
    const map = MAPS[name];
    if (map) return [map.name, mapOf(value, map.key)];
    const list = LISTS[name];
    if (list === undefined) return [name, value];
    return [list, [value].flat().map((one) => (isObject(one) ? jsonNames(one) : one))];
  });
  return Object.fromEntries(entries) as QueryInput;
}

function mapOf(list: unknown, key: string): QueryInput {
  const entries = [list].flat().filter(isObject);
  return Object.fromEntries(entries.map((entry) => [String(entry[key]), entry.Value]));
}

function xml(action: string, output: object): string {
  return Object.entries(output)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const element = ELEMENTS[name]?.replace('*', action);
      if (element === undefined) return tag(name, contentOf(action, value));
      const members = Array.isArray(value)
        ? value.map((one: unknown) => contentOf(action, one))
        : Object.entries(value as object).map(
            ([key, one]) => tag('Name', escapeXml(key)) + tag('Value', contentOf(action, one)),
          );
      return members.map((member) => tag(element, member)).join('');
    })
    .join('');
}

function contentOf(action: string, value: unknown): string {
  return isObject(value) ? xml(action, value) : escapeXml(String(value));
}

function tag(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
