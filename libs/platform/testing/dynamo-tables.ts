import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { DynamoTable } from '../aws/index.ts';
import { awsSettings, type DataPlane, startDataPlane } from './data-plane.ts';

/**
 * One data plane and one DynamoDB client for all tests of a file: started before the first test, stopped after the
 * last. Call it at the top level of a contract test file.
 */
export function dynamoTables(prefix: string) {
  let plane: DataPlane;
  let client: DynamoDBClient;
  let created = 0;
  beforeAll(async () => {
    plane = await startDataPlane();
    client = new DynamoDBClient(awsSettings(plane));
  });
  afterAll(async () => {
    client.destroy();
    await plane.stop();
  });
  return {
    /** Available once the tests run. */
    plane: () => plane,
    /** Creates an empty table with a new name. */
    async create(): Promise<DynamoTable> {
      created += 1;
      return { client, table: await plane.createTable({ name: `${prefix}-${created}` }) };
    },
  };
}
