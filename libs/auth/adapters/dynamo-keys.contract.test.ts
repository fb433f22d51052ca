import { dynamo } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll } from 'vitest';
import { keyStoreContract } from '../testing/key-store-contract.ts';
import { dynamoKeys } from './dynamo-keys.ts';

let plane: DataPlane;
let tables = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

keyStoreContract('DynamoDB', async () => {
  tables += 1;
  const table = await plane.createTable({ name: `auth-${tables}` });
  return dynamoKeys({ client: dynamo(), table });
});
