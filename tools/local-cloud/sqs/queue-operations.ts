import { AwsError } from '../kernel.ts';
import { named } from './attribute-names.ts';
import { missingParameter } from './missing-parameter.ts';
import { type PageInput, page } from './paging.ts';
import type { Queue } from './queue.ts';
import { checkQueueName, type Queues } from './queues.ts';
import {
  changedSettings,
  INERT_ATTRIBUTES,
  type QueueSettings,
  queueSettings,
} from './settings.ts';

/** The input of a call to one queue. */
export interface ToQueue {
  readonly QueueUrl?: string;
}
type Attributes = Readonly<Record<string, unknown>>;

/** The operations on queues, not on their messages. */
export function queueOperations(queues: Queues, accountId: string) {
  return {
    CreateQueue(input: { QueueName?: string; Attributes?: Attributes }) {
      const name = required(input.QueueName, 'QueueName');
      const given = input.Attributes ?? {};
      checkQueueName(name);
      const existing = queues.find(name);
      if (existing) rejectDifference(existing.settings, given);
      const settings = changedSettings(queueSettings({}), given);
      if (!existing) checkDeadLetterQueue(queues, settings);
      return { QueueUrl: queues.url(existing ?? queues.create(name, settings)) };
    },

    DeleteQueue(input: ToQueue) {
      queues.remove(queues.byUrl(input.QueueUrl));
      return {};
    },

    SetQueueAttributes(input: ToQueue & { Attributes?: Attributes }) {
      const queue = queues.byUrl(input.QueueUrl);
      const settings = changedSettings(queue.settings, required(input.Attributes, 'Attributes'));
      checkDeadLetterQueue(queues, settings);
      queue.change(settings);
      return {};
    },

    GetQueueUrl(input: { QueueName?: string; QueueOwnerAWSAccountId?: string }) {
      const owner = input.QueueOwnerAWSAccountId ?? accountId;
      const queue = queues.byName(required(input.QueueName, 'QueueName'));
      if (owner === accountId) return { QueueUrl: queues.url(queue) };
      throw new AwsError('QueueDoesNotExist', `The account ${owner} has no queue ${queue.name}`);
    },

    GetQueueAttributes(input: ToQueue & { AttributeNames?: string[] }) {
      const all = queueAttributes(queues.byUrl(input.QueueUrl));
      const names = input.AttributeNames ?? [];
      const unknown = names.find(
        (name) => name !== 'All' && name !== 'RedrivePolicy' && !isKnown(name, all),
      );
      if (unknown !== undefined) {
        throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
      }
      const attributes = named(all, names);
      return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
    },

    ListQueues(input: PageInput & { QueueNamePrefix?: string }) {
      const names = queues.all().map(({ name }) => name);
      const found = names.filter((name) => name.startsWith(input.QueueNamePrefix ?? ''));
      const { urls, next } = urlPage(queues, 'ListQueues', found, input);
      return { ...(urls.length > 0 ? { QueueUrls: urls } : {}), ...next };
    },

    ListDeadLetterSourceQueues(input: PageInput & ToQueue) {
      const sources = queues.sourcesOf(queues.byUrl(input.QueueUrl)).map(({ name }) => name);
      const { urls, next } = urlPage(queues, 'ListDeadLetterSourceQueues', sources, input);
      return { queueUrls: urls, ...next };
    },

    PurgeQueue(input: ToQueue) {
      queues.byUrl(input.QueueUrl).purge();
      return {};
    },
  };
}

function urlPage(queues: Queues, scope: string, names: readonly string[], input: PageInput) {
  const { names: shown, next } = page(scope, names, input);
  return { urls: shown.map((name) => queues.url(queues.byName(name))), next };
}

function required<Value>(value: Value | undefined, name: string): Value {
  if (value !== undefined && value !== null && value !== '') return value;
  throw missingParameter(name);
}

/** CreateQueue returns an existing queue, unless an attribute that it names differs. */
function rejectDifference(current: QueueSettings, given: Attributes): void {
  const before = describedSettings(current);
  const after = describedSettings(changedSettings(current, given));
  const different = Object.keys(given).find((name) => before[name] !== after[name]);
  if (different === undefined) return;
  const text = `A queue already exists with the same name and a different value for attribute ${different}`;
  throw new AwsError('QueueNameExists', text);
}

function checkDeadLetterQueue(queues: Queues, { RedrivePolicy }: QueueSettings): void {
  const target = RedrivePolicy?.deadLetterTargetArn;
  if (target === undefined || queues.all().some(({ arn }) => arn === target)) return;
  const value = JSON.stringify(RedrivePolicy);
  const text = `Value ${value} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`;
  throw new AwsError('InvalidParameterValue', text);
}

function isKnown(name: string, all: Readonly<Record<string, string>>): boolean {
  return name in all || name in INERT_ATTRIBUTES;
}

function queueAttributes(queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.depths();
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ...describedSettings(queue.settings),
  };
}

function describedSettings(settings: QueueSettings): Record<string, string> {
  const { RedrivePolicy, inert, ...numbers } = settings;
  return {
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])),
    ...(RedrivePolicy ? { RedrivePolicy: JSON.stringify(RedrivePolicy) } : {}),
    ...inert,
  };
}
