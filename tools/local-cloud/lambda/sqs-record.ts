import type { ReceivedMessage } from '../kernel.ts';

/** Message attributes in a function's event have other key names than in the SQS API. */
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

/** One record of the event a function gets from a queue. */
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
