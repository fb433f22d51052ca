import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from '../kernel.ts';
import { missingParameter } from './missing-parameter.ts';

/** A message attribute of the JSON protocol. `BinaryValue` is base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as its sender specifies it. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number;
  /** X-Ray trace header, the only system attribute that a sender can set. */
  readonly traceHeader?: string;
  /** The tenant of the message, for fair queues. It has no other effect in a standard queue. */
  readonly groupId?: string;
}

/** A message in a queue. Times are epoch milliseconds. */
export interface StoredMessage {
  /** Position in the queue. A duplicate has another key but the same `messageId`. */
  readonly key: number;
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly sentAt: number;
  /** ARN of the queue that dead-lettered the message. */
  readonly deadLetterSource?: string;
  /** True for a duplicate created by fault injection. It is not duplicated again. */
  readonly duplicate: boolean;
  delayedUntil: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Receipt handle of the last receive. Older handles cannot delete the message. */
  receipt?: string;
  /** Whether the consumer changed the visibility timeout since the last receive. */
  visibilityChosen: boolean;
}

export const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_ATTRIBUTES = 10;
const ATTRIBUTE_NAME = /^(?!AWS\.|Amazon\.)[A-Za-z0-9_\-.]{1,256}$/i;
const ATTRIBUTE_TYPE = /^(String|Number|Binary)(\..+)?$/;
/** "SendMessage" in the Amazon SQS API Reference. */
const GROUP_ID = /^[A-Za-z0-9!-/:-@[-`{-~]{1,128}$/;
/** The characters of XML 1.0. SQS rejects all others, even in the JSON protocol. */
const ALLOWED_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;

/** The message that a queue stores. `nowMs` is in epoch milliseconds. */
export function newMessage(
  { body, attributes = {}, traceHeader, groupId }: OutgoingMessage,
  delaySeconds: number,
  nowMs: number,
): Omit<StoredMessage, 'key'> {
  const visibleAt = nowMs + delaySeconds * 1000;
  return {
    messageId: randomUUID(),
    body,
    attributes,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(groupId === undefined ? {} : { groupId }),
    sentAt: nowMs,
    duplicate: false,
    delayedUntil: visibleAt,
    visibleAt,
    receiveCount: 0,
    visibilityChosen: false,
  };
}

/** The MD5 of a body in hex. SDK clients verify it. */
export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/**
 * The MD5 of message attributes in hex, or undefined without attributes. The attributes are sorted
 * by name, each part is preceded by its length in four bytes, and a transport byte is 1 for text
 * and 2 for binary. Source: "Amazon SQS message metadata" in the Amazon SQS Developer Guide.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name] as MessageAttribute;
    const binary = attribute.DataType.startsWith('Binary');
    part(Buffer.from(name));
    part(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([binary ? 2 : 1]));
    part(valueBytes(attribute));
  }
  return hash.digest('hex');
}

/** Size in bytes for the size limit: the body, and the name, type and value of each attribute. */
export function sizeOf(message: OutgoingMessage): number {
  const attributes = Object.entries(message.attributes ?? {});
  return attributes.reduce(
    (bytes, [name, value]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(value.DataType ?? '') +
      valueBytes(value).length,
    Buffer.byteLength(message.body),
  );
}

/**
 * Checks the body and the attributes.
 * @throws AwsError MissingParameter, InvalidMessageContents, InvalidParameterValue
 */
export function checkContent(message: OutgoingMessage): void {
  if (!message.body) throw missingParameter('MessageBody');
  if (!ALLOWED_TEXT.test(message.body)) {
    throw new AwsError('InvalidMessageContents', 'Invalid characters found in the message body.');
  }
  const attributes = Object.entries(message.attributes ?? {});
  if (attributes.length > MAX_ATTRIBUTES) {
    const text = `Number of message attributes [${attributes.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`;
    throw new AwsError('InvalidParameterValue', text);
  }
  for (const [name, value] of attributes) checkAttribute(name, value);
  if (message.groupId !== undefined && !GROUP_ID.test(message.groupId)) {
    const reason =
      'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
    const text = `Value ${message.groupId} for parameter MessageGroupId is invalid. Reason: ${reason}`;
    throw new AwsError('InvalidParameterValue', text);
  }
}

function checkAttribute(name: string, value: MessageAttribute): void {
  const type = value.DataType ?? '';
  const isBinary = type.startsWith('Binary');
  const content = isBinary ? value.BinaryValue : value.StringValue;
  let fault: string | undefined;
  if (!ATTRIBUTE_NAME.test(name) || !ATTRIBUTE_TYPE.test(type)) {
    fault = `The message attribute '${name}' needs a valid name and a data type of String, Number or Binary.`;
  } else if (!content) {
    const kind = isBinary ? 'Binary' : 'String';
    fault = `Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`;
  } else if (type.startsWith('Number') && !Number.isFinite(Number(content))) {
    fault = `Can't cast the value of message (user) attribute '${name}' to a number.`;
  }
  if (fault !== undefined) throw new AwsError('InvalidParameterValue', fault);
}

function valueBytes(attribute: MessageAttribute): Buffer {
  return attribute.DataType?.startsWith('Binary')
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '');
}
