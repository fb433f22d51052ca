import { AwsError, type Kernel, type ReceivedMessage, type Services } from '../kernel.ts';
import type { MessageAttributes, OutgoingMessage, StoredMessage } from './message.ts';
import { md5 } from './message.ts';
import { missingParameter } from './missing-parameter.ts';
import { Queue } from './queue.ts';
import { SavedMessages } from './saved-messages.ts';
import { type QueueSettings, queueSettings } from './settings.ts';

/** All queues of one account and region. */
export class Queues implements Pick<Services, 'sqs'> {
  readonly #kernel: Kernel;
  readonly #byName = new Map<string, Queue>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Creates a queue. @throws AwsError when the name is taken or invalid */
  create(name: string, settings: QueueSettings = queueSettings({})): Queue {
    checkQueueName(name);
    if (this.#byName.has(name)) {
      throw new AwsError('QueueNameExists', `A queue named ${name} already exists.`);
    }
    const queue = new Queue(name, this.#kernel.arn('sqs', name), settings, {
      now: () => Date.now(),
      random: () => this.#kernel.random(),
      misbehaviour: this.#kernel.misbehaviour,
      deadLetter: (message, from) => this.#deadLetter(message, from),
      saved: new SavedMessages(this.#kernel.saved, name),
    });
    if (settings.RedrivePolicy) this.byArn(settings.RedrivePolicy.deadLetterTargetArn);
    this.#byName.set(name, queue);
    return queue;
  }

  /** Removes a queue and its messages. Ends its long polls. */
  remove(queue: Queue): void {
    queue.clear();
    queue.close();
    this.#byName.delete(queue.name);
  }

  find(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  all(): Queue[] {
    return [...this.#byName.values()];
  }

  /** The URL of a queue. It contains the endpoint's host, even if the client used another name. */
  url(queue: Queue): string {
    return `${this.#kernel.endpointUrl}/${this.#kernel.accountId}/${queue.name}`;
  }

  /** @throws AwsError QueueDoesNotExist */
  byName(name: string): Queue {
    const queue = this.#byName.get(name);
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
  }

  /** @throws AwsError QueueDoesNotExist */
  byArn(arn: string): Queue {
    return this.byName(
      arn.startsWith(this.#kernel.arn('sqs', '')) ? (arn.split(':').at(-1) ?? arn) : arn,
    );
  }

  /**
   * Finds a queue by the last part of its URL. The host may be any name of the endpoint.
   * @throws AwsError QueueDoesNotExist, MissingParameter
   */
  byUrl(url: unknown): Queue {
    if (typeof url !== 'string' || url === '') throw missingParameter('QueueUrl');
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  /** The queues with this one as their dead-letter queue. */
  sourcesOf(deadLetters: Queue): Queue[] {
    return this.all().filter(({ settings }) => sendsDeadLettersTo(settings, deadLetters.arn));
  }

  /** The in-process interface for other services. */
  readonly sqs: Services['sqs'] = {
    send: (queueArn, body, delaySeconds) => {
      const message: OutgoingMessage =
        delaySeconds === undefined ? { body } : { body, delaySeconds };
      this.byArn(queueArn).send(message);
    },
    receive: async (queueArn, max, waitMs, signal) => {
      const messages = await this.byArn(queueArn).receive({ max, waitMs, signal });
      return messages.map((message) => received(message, this.#kernel.accountId));
    },
    delete: (queueArn, receiptHandle) => this.byArn(queueArn).delete(receiptHandle),
    release: (queueArn, receiptHandle) => this.byArn(queueArn).release(receiptHandle),
    deadLetterSources: (arn) => {
      const sources = this.all().filter(({ settings }) => sendsDeadLettersTo(settings, arn));
      return sources.map((queue) => queue.arn);
    },
    deliverDelayedNow: (queueArnOrAll = 'all') => {
      const queues = queueArnOrAll === 'all' ? this.all() : [this.byArn(queueArnOrAll)];
      return queues.reduce((count, queue) => count + queue.deliverDelayedNow(), 0);
    },
    depths: () => Object.fromEntries(this.all().map((queue) => [queue.arn, queue.depths()])),
  };

  #deadLetter(message: StoredMessage, from: Pick<Queue, 'arn' | 'settings'>): void {
    const target = from.settings.RedrivePolicy?.deadLetterTargetArn;
    if (target !== undefined) this.byArn(target).acceptDeadLetter(message, from.arn);
  }
}

/** @throws AwsError UnsupportedOperation for a FIFO queue, InvalidParameterValue */
export function checkQueueName(name: string): void {
  if (name.endsWith('.fifo')) {
    const text = `${name}: the local cloud supports only standard queues.`;
    throw new AwsError('UnsupportedOperation', text);
  }
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return;
  throw new AwsError(
    'InvalidParameterValue',
    `${name} is not a queue name: at most 80 letters, digits, hyphens and underscores.`,
  );
}

/** All system attributes of a received message. Times are epoch milliseconds. */
export function systemAttributes(message: StoredMessage, senderId: string): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SentTimestamp: String(message.sentAt),
    SenderId: senderId,
    ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
    ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
    ...(message.deadLetterSource === undefined
      ? {}
      : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

/** A message in the form of a Lambda event, with attribute names in lower camel case. */
function received(message: StoredMessage, senderId: string): ReceivedMessage {
  return {
    messageId: message.messageId,
    receiptHandle: message.receipt ?? '',
    body: message.body,
    attributes: systemAttributes(message, senderId),
    messageAttributes: lambdaAttributes(message.attributes),
    md5OfBody: md5(message.body),
  };
}

function lambdaAttributes(attributes: MessageAttributes): Record<string, unknown> {
  const entries = Object.entries(attributes).map(([name, value]) => [
    name,
    {
      ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
      ...(value.BinaryValue === undefined ? {} : { binaryValue: value.BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: value.DataType,
    },
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function sendsDeadLettersTo({ RedrivePolicy }: QueueSettings, arn: string): boolean {
  return RedrivePolicy?.deadLetterTargetArn === arn;
}
