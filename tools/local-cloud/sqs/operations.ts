import { AwsError } from '../kernel.ts';
import { named } from './attribute-names.ts';
import { type BatchEntry, batch, checkBatch } from './batch.ts';
import {
  MAX_MESSAGE_BYTES,
  type MessageAttributes,
  md5,
  md5OfAttributes,
  type OutgoingMessage,
  type StoredMessage,
  sizeOf,
} from './message.ts';
import { missingParameter } from './missing-parameter.ts';
import { moveTasks } from './move-tasks.ts';
import type { Queue } from './queue.ts';
import { queueOperations, type ToQueue } from './queue-operations.ts';
import { type Queues, systemAttributes } from './queues.ts';
import { parameter } from './settings.ts';

// Limits: "ReceiveMessage", "ChangeMessageVisibility" and "SendMessage" in the Amazon SQS API
// Reference.
const MAX_RECEIVED = 10;
const MAX_WAIT_SECONDS = 20;
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_DELAY_SECONDS = 900;

interface SendInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageSystemAttributes?: MessageAttributes;
  readonly MessageGroupId?: string;
}
export interface ReceiveInput extends ToQueue {
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
}
interface VisibilityInput {
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

/**
 * The supported SQS operations, except {@link receiveMessage}, which needs the request's signal.
 */
export function sqsOperations(queues: Queues, accountId: string) {
  return {
    SendMessage: (input: SendInput & ToQueue) => send(queues.byUrl(input.QueueUrl), input),

    SendMessageBatch(input: ToQueue & { Entries?: (SendInput & BatchEntry)[] }) {
      const queue = queues.byUrl(input.QueueUrl);
      checkBatch(input.Entries ?? []);
      const bytes = (input.Entries ?? []).reduce((sum, entry) => sum + entryBytes(entry), 0);
      if (bytes > MAX_MESSAGE_BYTES) {
        const text = `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes.`;
        throw new AwsError('BatchRequestTooLong', `${text} You have sent ${bytes} bytes.`);
      }
      return batch(input.Entries, (entry) => send(queue, entry));
    },

    DeleteMessage(input: ToQueue & VisibilityInput) {
      queues.byUrl(input.QueueUrl).delete(receiptOf(input));
      return {};
    },

    DeleteMessageBatch(input: ToQueue & { Entries?: (VisibilityInput & BatchEntry)[] }) {
      const queue = queues.byUrl(input.QueueUrl);
      return batch(input.Entries, (entry) => {
        queue.delete(receiptOf(entry));
        return {};
      });
    },

    ChangeMessageVisibility: (input: ToQueue & VisibilityInput) =>
      changeVisibility(queues.byUrl(input.QueueUrl), input),

    ChangeMessageVisibilityBatch(input: ToQueue & { Entries?: (VisibilityInput & BatchEntry)[] }) {
      const queue = queues.byUrl(input.QueueUrl);
      return batch(input.Entries, (entry) => changeVisibility(queue, entry));
    },

    ...queueOperations(queues, accountId),

    ...moveTasks(queues),
  };
}

/**
 * ReceiveMessage.
 * @param signal aborts when the client disconnects, so that it receives no messages
 */
export async function receiveMessage(
  queue: Queue,
  input: ReceiveInput,
  accountId: string,
  signal?: AbortSignal,
): Promise<{ Messages?: object[] }> {
  const wait = input.WaitTimeSeconds ?? queue.settings.ReceiveMessageWaitTimeSeconds;
  const visibility = input.VisibilityTimeout;
  const received = await queue.receive({
    max: parameter('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, MAX_RECEIVED),
    waitMs: parameter('WaitTimeSeconds', wait, 0, MAX_WAIT_SECONDS) * 1000,
    ...(visibility === undefined
      ? {}
      : {
          visibilitySeconds: parameter('VisibilityTimeout', visibility, 0, MAX_VISIBILITY_SECONDS),
        }),
    signal,
  });
  if (received.length === 0) return {};
  return { Messages: received.map((message) => describeMessage(message, input, accountId)) };
}

function outgoing(input: SendInput): OutgoingMessage {
  const { AWSTraceHeader, ...others } = input.MessageSystemAttributes ?? {};
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `Message system attribute name '${unknown}' is invalid.`,
    );
  }
  return {
    body: input.MessageBody ?? '',
    ...(input.MessageAttributes ? { attributes: input.MessageAttributes } : {}),
    ...(input.DelaySeconds === undefined
      ? {}
      : { delaySeconds: parameter('DelaySeconds', input.DelaySeconds, 0, MAX_DELAY_SECONDS) }),
    ...(AWSTraceHeader?.StringValue ? { traceHeader: AWSTraceHeader.StringValue } : {}),
    ...(input.MessageGroupId === undefined ? {} : { groupId: input.MessageGroupId }),
  };
}

/** The size of a batch entry, which may still be invalid. */
function entryBytes({ MessageBody = '', MessageAttributes }: SendInput): number {
  return sizeOf({
    body: MessageBody,
    ...(MessageAttributes ? { attributes: MessageAttributes } : {}),
  });
}

function send(queue: Queue, input: SendInput): object {
  const { messageId, body, attributes } = queue.send(outgoing(input));
  const attributesMd5 = md5OfAttributes(attributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(body),
    ...(attributesMd5 ? { MD5OfMessageAttributes: attributesMd5 } : {}),
    ...(input.MessageSystemAttributes
      ? { MD5OfMessageSystemAttributes: md5OfAttributes(input.MessageSystemAttributes) }
      : {}),
  };
}

function changeVisibility(queue: Queue, input: VisibilityInput): object {
  const { VisibilityTimeout } = input;
  const seconds = parameter('VisibilityTimeout', VisibilityTimeout, 0, MAX_VISIBILITY_SECONDS);
  queue.changeVisibility(receiptOf(input), seconds);
  return {};
}

function receiptOf(input: VisibilityInput): string {
  if (input.ReceiptHandle) return input.ReceiptHandle;
  throw missingParameter('ReceiptHandle');
}

/** A received message in the JSON protocol. */
function describeMessage(message: StoredMessage, input: ReceiveInput, accountId: string): object {
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const attributes = named(message.attributes, input.MessageAttributeNames ?? []);
  const attributesMd5 = md5OfAttributes(attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length > 0
      ? { Attributes: named(systemAttributes(message, accountId), system) }
      : {}),
    ...(attributesMd5
      ? { MessageAttributes: attributes, MD5OfMessageAttributes: attributesMd5 }
      : {}),
  };
}
