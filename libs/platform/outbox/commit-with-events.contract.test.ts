import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventDraft } from '@triptych/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putNew, readItem } from '../aws/index.ts';
import { awsSettings, type DataPlane, startDataPlane } from '../testing/data-plane.ts';
import { commitWithEvents, dynamoOutbox } from './index.ts';

const at = '2026-11-01T10:00:00.000Z';
const draft: EventDraft = {
  type: 'order.cancelled',
  source: 'triptych.payments',
  data: { orderId: 'o1', reason: 'customer' },
};
let plane: DataPlane;
let client: DynamoDBClient;
let tables = 0;

beforeAll(async () => {
  plane = await startDataPlane();
  client = new DynamoDBClient(awsSettings(plane));
});
afterAll(async () => {
  client.destroy();
  await plane.stop();
});

async function open() {
  tables += 1;
  const table = await plane.createTable({ name: `committed-${tables}` });
  const outbox = dynamoOutbox({ client, table });
  const announced: string[][] = [];
  const relay = {
    committed: (events: readonly { id: string }[]) =>
      void announced.push(events.map(({ id }) => id)),
  };
  let made = 0;
  const ids = {
    next() {
      made += 1;
      return `e${made}`;
    },
  };
  const pending = () => outbox.pending({ olderThanMs: 0, limit: 10 });
  return { outlet: { client, outbox, relay, ids }, table, announced, pending };
}

const key = (pk: string) => ({ pk, sk: 'ORDER' });

it('commits a change with its stamped events, then announces them to the relay', async () => {
  const { outlet, table, announced, pending } = await open();
  const outcome = await commitWithEvents(outlet, [putNew(table, key('o1'))], [draft, draft], at);
  expect(outcome).toEqual({ committed: true });
  expect(await readItem({ client, table }, key('o1'))).toEqual(key('o1'));
  const events = (await pending()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(events).toEqual([
    { ...draft, id: 'e1', occurredAt: at },
    { ...draft, id: 'e2', occurredAt: at },
  ]);
  expect(announced).toEqual([['e1', 'e2']]);
});

it('commits and announces nothing when a write fails its condition, and returns its position', async () => {
  const { outlet, table, announced, pending } = await open();
  await commitWithEvents(outlet, [putNew(table, key('o1'))], [], at);
  const writes = [putNew(table, key('o2')), putNew(table, key('o1'))];
  const outcome = await commitWithEvents(outlet, writes, [draft], at);
  expect(outcome).toEqual({ committed: false, failed: [1] });
  expect(await readItem({ client, table }, key('o2'))).toBeUndefined();
  expect(await pending()).toEqual([]);
  expect(announced).toEqual([]);
});
