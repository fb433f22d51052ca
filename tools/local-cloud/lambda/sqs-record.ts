import type { ReceivedMessage } from '../kernel.ts';

/** Converts a message attribute. Functions receive other key names than the SQS API uses. */
function eventAttribute(attribute: unknown): Record<string, unknown> {
  const source = attribute as Record<string, unknown>;
  const value = (name: string): unknown =>
    source[name] ?? source[name.charAt(0).toLowerCase() + name.slice(1)];
  const plain = { stringValue: value('StringValue'), binaryValue: value('BinaryValue') };
  const set = Object.entries(plain).filter(([, content]) => content !== undefined);
  return {
    ...Object.fromEntries(set),
    stringListValues: [],
    binaryListValues: [],
    dataType: value('DataType'),
  };
}

/** Converts a message to a record of a function's SQS event. */
export function sqsRecord(message: ReceivedMessage, queueArn: string, region: string) {
  const attributes = Object.entries(message.messageAttributes);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      attributes.map(([name, attribute]) => [name, eventAttribute(attribute)]),
    ),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
