import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDataPlane, startLocalDataPlane } from '../data-plane/local-data-plane.ts';

let cloud: LocalDataPlane;

beforeAll(async () => {
  cloud = await startLocalDataPlane();
});
afterAll(() => cloud.stop());

/** Posts a form to the path of a queue, as clients of the query protocol do. */
async function call(Action: string, parameters: Record<string, string>, queueUrl?: string) {
  const url = queueUrl ?? `${cloud.endpointUrl}/000000000000/none`;
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ Action, Version: '2012-11-05', ...parameters }),
  });
  return { status: response.status, text: await response.text() };
}

const element = (name: string, text: string) =>
  new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1];

describe('the query protocol', () => {
  it('sends, receives and deletes a message with its attributes', async () => {
    const url = await cloud.createQueue('old-client');
    const sent = await call(
      'SendMessage',
      {
        MessageBody: 'a < b',
        'MessageAttribute.1.Name': 'kind',
        'MessageAttribute.1.Value.DataType': 'String',
        'MessageAttribute.1.Value.StringValue': 'note',
      },
      url,
    );
    expect(sent).toMatchObject({ status: 200 });
    expect(sent.text).toMatch(/^<SendMessageResponse xmlns="http:\/\/queue.amazonaws.com\//);
    expect(element('MessageId', sent.text)).toMatch(/^[0-9a-f-]{36}$/);
    const received = await call(
      'ReceiveMessage',
      { 'MessageAttributeName.1': 'All', 'AttributeName.1': 'SentTimestamp' },
      url,
    );
    expect(received.text).toContain('<Body>a &lt; b</Body>');
    expect(received.text).toMatch(/<Attribute><Name>SentTimestamp<\/Name><Value>\d+<\/Value>/);
    expect(received.text).toContain(
      '<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>note</StringValue></Value></MessageAttribute>',
    );
    const ReceiptHandle = element('ReceiptHandle', received.text) ?? '';
    expect(await call('DeleteMessage', { ReceiptHandle }, url)).toMatchObject({ status: 200 });
    expect(await cloud.messagesIn(url)).toBe(0);
  });

  it('answers a batch entry by entry', async () => {
    const url = await cloud.createQueue('old-batches');
    const { text } = await call(
      'SendMessageBatch',
      {
        'SendMessageBatchRequestEntry.1.Id': 'one',
        'SendMessageBatchRequestEntry.1.MessageBody': 'a',
        'SendMessageBatchRequestEntry.2.Id': 'two',
        'SendMessageBatchRequestEntry.2.MessageBody': 'b',
        'SendMessageBatchRequestEntry.2.DelaySeconds': '901',
      },
      url,
    );
    expect(element('SendMessageBatchResultEntry', text)).toContain('<Id>one</Id>');
    expect(element('BatchResultErrorEntry', text)).toContain('<Code>InvalidParameterValue</Code>');
  });

  it('creates, changes, describes and lists queues', async () => {
    const created = await call('CreateQueue', {
      QueueName: 'old-made',
      'Attribute.1.Name': 'VisibilityTimeout',
      'Attribute.1.Value': '7',
    });
    const url = element('QueueUrl', created.text) ?? '';
    expect(url).toBe(`${cloud.endpointUrl}/000000000000/old-made`);
    const change = { 'Attribute.1.Name': 'DelaySeconds', 'Attribute.1.Value': '3' };
    await call('SetQueueAttributes', change, url);
    const all = await call('GetQueueAttributes', { 'AttributeName.1': 'All' }, url);
    expect(all.text).toContain('<Name>VisibilityTimeout</Name><Value>7</Value>');
    expect(all.text).toContain('<Name>DelaySeconds</Name><Value>3</Value>');
    const listed = await fetch(`${url}?Action=ListQueues&QueueNamePrefix=old-made`);
    expect(element('QueueUrl', await listed.text())).toBe(url);
  });

  it('reports errors in XML with the codes of the query protocol', async () => {
    const unknown = await call('SendMessage', { MessageBody: 'a' });
    expect(unknown.status).toBe(400);
    expect(element('Code', unknown.text)).toBe('AWS.SimpleQueueService.NonExistentQueue');
    const url = await cloud.createQueue('old-errors');
    const tagged = await call('TagQueue', { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' }, url);
    expect(tagged.text).toMatch(/^<\?xml.*<ErrorResponse>/s);
    expect(element('Message', tagged.text)).toContain('does not support TagQueue');
    const member = await call(
      'SendMessage',
      { MessageBody: 'a', MessageDeduplicationId: 'x' },
      url,
    );
    expect(element('Message', member.text)).toBe(
      'The local cloud does not support SendMessage with MessageDeduplicationId',
    );
  });
});
