#!/bin/sh
# An entry of a secondary index in dynalite 4.0.0 is stored under the index key and 24 bits of a hash of the table key
# (createIndexKey in db/index.js). Two items with the same index key and the same 24 bits share one entry: the second write hides
# the first item from the index, and the deletion of either item removes the entry of both. Some pair of 5,000 items with one
# index key collides with a probability of about one half. DynamoDB keeps an entry for each item.
# Read from the table instead of the index, or store the items under your own complete keys.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --silent dynalite@4.0.0
cat >check.mjs <<'JS'
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import dynalite from 'dynalite';

const server = dynalite({ createTableMs: 0 });
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const credential = 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request';
const call = async (operation, input) => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: `${credential}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
  return response.json();
};

/** Two valid keys with equal hashes, found among order-0, order-1 and so on. */
function collidingKeys() {
  const seen = new Map();
  for (let number = 0; number < 1_000_000; number += 1) {
    const id = `order-${number}`;
    const hash = createHash('md5').update(`Outliers${id}`).digest('hex').slice(0, 6);
    if (seen.has(hash)) return [seen.get(hash), id];
    seen.set(hash, id);
  }
  throw new Error('no two keys collide');
}

const TableName = 'orders';
const hashKey = (AttributeName) => [{ AttributeName, KeyType: 'HASH' }];
await call('CreateTable', {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['id', 'customer'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: hashKey('id'),
  GlobalSecondaryIndexes: [
    { IndexName: 'byCustomer', KeySchema: hashKey('customer'), Projection: { ProjectionType: 'ALL' } },
  ],
});
while ((await call('DescribeTable', { TableName })).Table.TableStatus !== 'ACTIVE');

const ids = collidingKeys();
const customer = { S: 'one' };
const inTable = async () => (await call('Scan', { TableName })).Count;
const inIndex = async () => {
  const { Items } = await call('Query', {
    ...{ TableName, IndexName: 'byCustomer', KeyConditionExpression: 'customer = :one' },
    ExpressionAttributeValues: { ':one': customer },
  });
  return Items.map(({ id }) => id.S).join(' ') || 'nothing';
};
const expect = async (after, count, names) => {
  const found = [await inTable(), await inIndex()];
  console.log(`${after.padEnd(22)} table: ${found[0]} items, index: ${found[1]}`);
  if (found[0] !== count || found[1] !== names) throw new Error(`changed: expected ${count}, ${names}`);
};

await call('PutItem', { TableName, Item: { id: { S: ids[0] }, customer } });
await expect(`PutItem ${ids[0]}`, 1, ids[0]);
await call('PutItem', { TableName, Item: { id: { S: ids[1] }, customer } });
await expect(`PutItem ${ids[1]}`, 2, ids[1]);
await call('DeleteItem', { TableName, Key: { id: { S: ids[0] } } });
await expect(`DeleteItem ${ids[0]}`, 1, 'nothing');
server.close();
JS
node check.mjs
