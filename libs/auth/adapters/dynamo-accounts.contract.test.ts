import { dynamo } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountsContract } from '../testing/accounts-contract.ts';
import { dynamoAccounts } from './dynamo-accounts.ts';

let plane: DataPlane;
let tables = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

async function open() {
  tables += 1;
  const table = await plane.createTable({ name: `auth-${tables}` });
  return dynamoAccounts({ client: dynamo(), table });
}

accountsContract('DynamoDB', open);

it('the account table answers a readiness check', async () => {
  await expect((await open()).ping()).resolves.toBeUndefined();
});
