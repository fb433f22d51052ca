import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDataPlane, startLocalDataPlane } from '../data-plane/local-data-plane.ts';

let cloud: LocalDataPlane;
let events: EventBridgeClient;

beforeAll(async () => {
  cloud = await startLocalDataPlane();
  events = new EventBridgeClient({
    endpoint: cloud.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  events.destroy();
  await cloud.stop();
});

/**
 * Creates a bus with a rule that sends matching events to a queue. Returns a reader of the queue.
 */
async function busWithQueue(bus: string, pattern: object) {
  if (bus !== 'default') await cloud.createBus(bus);
  const queueUrl = await cloud.createQueue(`${bus}-queue`);
  await cloud.createRule({ bus, pattern, queueUrl });
  const arn = `arn:aws:sqs:us-east-1:000000000000:${bus}-queue`;
  return async () => {
    const messages = await cloud.services.sqs.receive(arn, 10, 0);
    return messages.map((message) => JSON.parse(message.body) as Record<string, unknown>);
  };
}

function entry(EventBusName: string, detailType: string, detail: unknown = {}) {
  return {
    EventBusName,
    Source: 'triptych.payments',
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  };
}

const put = (...Entries: object[]) => events.send(new PutEventsCommand({ Entries }));

describe('EventBridge through the official client', () => {
  it("delivers matching events to the queue in EventBridge's envelope", async () => {
    const arrived = await busWithQueue('shop', { 'detail-type': ['order.placed'] });
    const answer = await put(
      entry('shop', 'order.placed', { id: 'o1' }),
      entry('shop', 'order.confirmed'),
    );
    expect(answer.FailedEntryCount).toBe(0);
    expect(await arrived()).toEqual([
      {
        version: '0',
        id: answer.Entries?.[0]?.EventId,
        'detail-type': 'order.placed',
        source: 'triptych.payments',
        account: '000000000000',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        region: 'us-east-1',
        resources: [],
        detail: { id: 'o1' },
      },
    ]);
  });

  it('accepts the ARN of a bus', async () => {
    const arrived = await busWithQueue('by-arn', { source: ['triptych.payments'] });
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/by-arn';
    await put({ ...entry(bus, 'order.placed'), Time: new Date('2026-01-02T03:04:05Z') });
    expect(await arrived()).toMatchObject([{ time: '2026-01-02T03:04:05Z' }]);
  });

  it('succeeds and counts failed entries', async () => {
    const arrived = await busWithQueue('partly', { source: [{ prefix: 'triptych.' }] });
    const answer = await put(
      entry('partly', 'order.placed'),
      entry('nowhere', 'order.placed'),
      { ...entry('partly', 'order.placed'), Detail: 'no json' },
      { ...entry('partly', 'order.placed'), Source: 'aws.s3' },
      { ...entry('partly', 'order.placed'), DetailType: undefined },
    );
    expect(answer.FailedEntryCount).toBe(3);
    expect(answer.Entries?.map((one) => one.ErrorCode)).toEqual([
      undefined,
      undefined,
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
    ]);
    expect(await arrived()).toHaveLength(1);
    // As on AWS, an event for a bus that does not exist is accepted and lost.
    expect(answer.Entries?.[1]?.EventId).toBeDefined();
  });

  it('rejects more than ten entries, or more than 1 MB in total', async () => {
    const eleven = Array.from({ length: 11 }, () => entry('default', 'a'));
    await expect(put(...eleven)).rejects.toMatchObject({ name: 'ValidationException' });
    const large = entry('default', 'a', { text: 'x'.repeat(1_048_576) });
    await expect(put(large)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('delivers events of AWS services on the default bus', async () => {
    const arrived = await busWithQueue('default', { source: ['aws.s3'] });
    cloud.services.events.put({
      eventBusName: 'default',
      source: 'aws.s3',
      detailType: 'Object Created',
      detail: { bucket: { name: 'originals' } },
    });
    expect(await arrived()).toMatchObject([{ source: 'aws.s3', 'detail-type': 'Object Created' }]);
  });

  it('names an unsupported call', async () => {
    await expect(events.send(new PutRuleCommand({ Name: 'a' }))).rejects.toThrow('PutRule');
  });
});
