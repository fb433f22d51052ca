import { createHash } from 'node:crypto';
import { AwsError } from '../kernel.ts';

/** A message attribute as the JSON protocol carries it; `BinaryValue` is base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender decides about a message. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number;
  /** X-Ray header, the only system attribute a sender may set. */
  readonly traceHeader?: string;
}

/** A message in a queue. Times are epoch milliseconds. */
export interface StoredMessage {
  /** Position in the queue; unlike `messageId` it differs between a message and its duplicate. */
  readonly key: number;
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string;
  readonly sentAt: number;
  /** Queue it was dead-lettered from. */
  readonly deadLetterSource?: string;
  /** True for the second delivery that misbehaviour asked for; it is not duplicated again. */
  readonly duplicate: boolean;
  delayedUntil: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Handle of the last receive; older ones no longer delete the message. */
  receipt?: string;
  /** The consumer chose this visibility itself since the last receive. */
  visibilityChosen: boolean;
}

export const maximumMessageBytes = 1_048_576;
const attributeName = /^(?!AWS\.|Amazon\.)[A-Za-z0-9_\-.]{1,256}$/i;
const attributeType = /^(String|Number|Binary)(\..+)?$/;
// Characters XML 1.0 allows; SQS refuses any other one, also through its JSON protocol.
const allowedText = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;

/** Hex MD5 of a body, which SDK clients compare with their own. */
export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/**
 * MD5 over message attributes as the SQS developer guide defines it: sorted by name, each part preceded by its
 * length in four bytes, a transport byte of 1 for text and 2 for binary. Undefined when there are none.
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

/** Bytes that count against the size limit: the body and each attribute's name, type and value. */
export function sizeOf(message: OutgoingMessage): number {
  const attributes = Object.entries(message.attributes ?? {});
  return attributes.reduce(
    (bytes, [name, value]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(value.DataType) +
      valueBytes(value).length,
    Buffer.byteLength(message.body),
  );
}

/** Throws AwsError as SQS does for a body or attribute that it would refuse. */
export function checkContent(message: OutgoingMessage): void {
  if (!message.body) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (!allowedText.test(message.body)) {
    throw new AwsError('InvalidMessageContents', 'Invalid characters found in the message body.');
  }
  const attributes = Object.entries(message.attributes ?? {});
  if (attributes.length > 10) {
    const text = `Number of message attributes [${attributes.length}] exceeds the allowed maximum [10].`;
    throw new AwsError('InvalidParameterValue', text);
  }
  for (const [name, value] of attributes) {
    const valued = value.DataType?.startsWith('Binary') ? value.BinaryValue : value.StringValue;
    if (!attributeName.test(name) || !attributeType.test(value.DataType ?? '') || !valued) {
      const text = `The message attribute '${name}' needs a valid name, a data type of String, Number or Binary and a value.`;
      throw new AwsError('InvalidParameterValue', text);
    }
  }
}

function valueBytes(attribute: MessageAttribute): Buffer {
  return attribute.DataType.startsWith('Binary')
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '');
}
