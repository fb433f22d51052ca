import type { EventDraft } from '@triptych/events';
import { expect, it } from 'vitest';
import { putNew, readItem } from '../aws/index.ts';
import { dynamoTables } from '../testing/dynamo-tables.ts';
import { commitWithEvents, dynamoOutbox } from './index.ts';

const at = '2026-11-01T10:00:00.000Z';
const draft: EventDraft = {
  type: 'order.cancelled',
  source: 'triptych.payments',
  data: { orderId: 'o1', reason: 'customer' },
};
const tables = dynamoTables('committed');

async function open() {
  const of = await tables.create();
  const outbox = dynamoOutbox(of);
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
  return { outlet: { client: of.client, outbox, relay, ids }, of, announced, pending };
}

const key = (pk: string) => ({ pk, sk: 'ORDER' });

it('commits a change with its stamped events, then announces them to the relay', async () => {
  const { outlet, of, announced, pending } = await open();
  const outcome = await commitWithEvents(outlet, [putNew(of.table, key('o1'))], [draft, draft], at);
  expect(outcome).toEqual({ committed: true });
  expect(await readItem(of, key('o1'))).toEqual(key('o1'));
  const events = (await pending()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(events).toEqual([
    { ...draft, id: 'e1', occurredAt: at },
    { ...draft, id: 'e2', occurredAt: at },
  ]);
  expect(announced).toEqual([['e1', 'e2']]);
});

it('commits and announces nothing when a write fails its condition, and returns its position', async () => {
  const { outlet, of, announced, pending } = await open();
  await commitWithEvents(outlet, [putNew(of.table, key('o1'))], [], at);
  const writes = [putNew(of.table, key('o2')), putNew(of.table, key('o1'))];
  const outcome = await commitWithEvents(outlet, writes, [draft], at);
  expect(outcome).toEqual({ committed: false, failed: [1] });
  expect(await readItem(of, key('o2'))).toBeUndefined();
  expect(await pending()).toEqual([]);
  expect(announced).toEqual([]);
});
