import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { localAws } from '@triptych/base/local-aws';
import { stackOutputs } from '@triptych/shop/admin/stack-outputs';
import { expect, test } from 'vitest';
import { call, eventually } from '../conformance/support/http.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  type Order,
  orderOf,
  place,
  settled,
  unique,
} from '../conformance/support/shop.ts';
import { control, env, variant } from './support/control.ts';

const endpointUrl = env('TRIPTYCH_ENDPOINT_URL');
/** Long after the deadline of an order. */
const AGE_MS = 24 * 60 * 60_000;

/** Stores a copy of an order as an earlier version left it: placed a day ago, and not on the list of unfinished orders. */
async function leaveUnlisted(orderId: string): Promise<string> {
  const { PaymentsTableName: TableName } = await stackOutputs(
    `triptych-${variant}-state`,
    endpointUrl,
  );
  const dynamo = new DynamoDBClient(localAws(endpointUrl));
  const keyOf = (id: string) => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
  const Key = marshall(keyOf(orderId));
  const { Item = {} } = await dynamo.send(new GetItemCommand({ TableName, Key }));
  const { document, ...item } = unmarshall(Item);
  const id = unique('unlisted');
  const at = new Date(Date.now() - AGE_MS).toISOString();
  const order = {
    ...JSON.parse(document),
    ...{ id, state: 'placed', version: 1, reason: null, total: null, intentId: null },
    ...{ createdAt: at, updatedAt: at, history: [{ state: 'placed', at }] },
  };
  const copy = { ...item, ...keyOf(id), state: 'placed', version: 1, gsi1sk: `${at}#${id}` };
  const stored = marshall({ ...copy, document: JSON.stringify(order) });
  await dynamo.send(new PutItemCommand({ TableName, Item: stored }));
  dynamo.destroy();
  return id;
}

test('the hourly check finds and ends an old order that is not on the list of unfinished orders', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const { json: placed } = await place(token, orderOf(product));
  await settled(token, placed.id);
  const id = await leaveUnlisted(placed.id);

  await control('POST', '/control/fire-schedules');
  const order = await eventually(
    async () => (await call<Order>('GET', `/payments/orders/${id}`, { token })).json,
    ({ state }) => state !== 'placed',
  );
  expect(order).toMatchObject({ state: 'cancelled', reason: 'deadline' });
});
