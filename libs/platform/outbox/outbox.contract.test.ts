import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DynamoTable } from '../aws/index.ts';
import { captureLog } from '../testing/captured-log.ts';
import { awsSettings } from '../testing/data-plane.ts';
import { dynamoTables } from '../testing/dynamo-tables.ts';
import { PATIENT, PATIENT_MS } from '../testing/patience.ts';
import { orderCancelled } from '../testing/shop-events.ts';
import { dynamoOutbox, eventBridgePublisher, loopRelay, type Outbox } from './index.ts';

const tables = dynamoTables('outbox');
let of: DynamoTable;
let outbox: Outbox;

beforeAll(() => void captureLog('fatal'));
beforeEach(async () => {
  of = await tables.create();
  outbox = dynamoOutbox(of);
});

const commit = (events: ReturnType<typeof orderCancelled>[]) =>
  of.client.send(new TransactWriteItemsCommand({ TransactItems: outbox.transactItems(events) }));
const pendingIds = async (limit = 100, olderThanMs = 0) =>
  (await outbox.pending({ olderThanMs, limit })).map((event) => event.id).sort();

describe('dynamoOutbox', () => {
  it('returns exactly the events that were committed', async () => {
    const event = orderCancelled('e1');
    await commit([event]);
    expect(await outbox.pending({ olderThanMs: 0, limit: 10 })).toEqual([event]);
  });

  it('finds entries in every shard, up to a limit', async () => {
    await commit(Array.from({ length: 20 }, (_, index) => orderCancelled(`e${index}`)));
    expect(await pendingIds()).toHaveLength(20);
    expect(await pendingIds(7)).toHaveLength(7);
  });

  it('takes equally from every shard when there are more entries than the limit', async () => {
    for (let start = 0; start < 160; start += 80) {
      await commit(Array.from({ length: 80 }, (_, index) => orderCancelled(`e${start + index}`)));
    }
    const taken = await outbox.pending({ olderThanMs: 0, limit: 40 });
    const shards = taken.map((event) => outbox.transactItems([event])[0]?.Put?.Item?.pk?.S);
    for (const shard of new Set(shards)) {
      expect(shards.filter((name) => name === shard)).toHaveLength(10);
    }
    expect(new Set(shards).size).toBe(4);
  });

  it('leaves young entries to the process that committed them', async () => {
    await commit([orderCancelled('old'), orderCancelled('young', new Date().toISOString())]);
    expect(await pendingIds(10, 60_000)).toEqual(['old']);
  });

  it('removes in batches and is idempotent', async () => {
    const events = Array.from({ length: 60 }, (_, index) => orderCancelled(`e${index}`));
    await commit(events);
    await outbox.remove(events.slice(1));
    await outbox.remove(events.slice(1));
    expect(await pendingIds()).toEqual(['e0']);
  });

  it('reads only its own entries from stream records', () => {
    const event = orderCancelled('e1');
    const image = outbox.transactItems([event])[0]?.Put?.Item as Record<string, { S?: string }>;
    const record = (eventName: string, NewImage: typeof image) => ({
      eventName,
      dynamodb: { NewImage },
    });
    expect(outbox.fromStreamRecord(record('INSERT', image))).toEqual(event);
    expect(outbox.fromStreamRecord(record('REMOVE', image))).toBeUndefined();
    expect(outbox.fromStreamRecord(record('INSERT', { pk: { S: 'ORDER#1' } }))).toBeUndefined();
  });
});

describe('from the outbox to a queue', () => {
  it('an event arrives as it was committed', async () => {
    const plane = tables.plane();
    const bus = await plane.createBus('shop');
    const queueUrl = await plane.createQueue('cancelled');
    await plane.createRule({ bus, pattern: { 'detail-type': ['order.cancelled'] }, queueUrl });
    const publisher = eventBridgePublisher(new EventBridgeClient(awsSettings(plane)), bus);
    const relay = loopRelay({ outbox, publisher });
    const event = orderCancelled('e1');
    await commit([event]);
    relay.committed([event]);
    await vi.waitUntil(async () => (await pendingIds()).length === 0, PATIENT);
    const message = await plane.takeMessage(queueUrl, PATIENT_MS);
    expect(JSON.parse(message ?? '{}')).toMatchObject({
      'detail-type': 'order.cancelled',
      source: 'triptych.payments',
      detail: { id: 'e1', data: { orderId: 'order-e1', reason: 'declined' } },
    });
  });
});
