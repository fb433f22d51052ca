import { dynamo } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll } from 'vitest';
import { refreshFamiliesContract } from '../testing/refresh-families-contract.ts';
import { dynamoRefreshFamilies } from './dynamo-refresh-families.ts';

let plane: DataPlane;
let tables = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

refreshFamiliesContract('DynamoDB', async () => {
  tables += 1;
  const table = await plane.createTable({ name: `auth-${tables}` });
  return dynamoRefreshFamilies({ client: dynamo(), table });
});
