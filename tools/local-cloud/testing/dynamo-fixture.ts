import { CreateTableCommand, DynamoDBClient, type StreamViewType } from '@aws-sdk/client-dynamodb';
import { createDynamo } from '../dynamodb/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from './test-kernel.ts';

/** Starts DynamoDB with its own endpoint, and a client that does not retry. */
export async function startDynamo() {
  const kernel = testKernel();
  const dynamo = createDynamo(kernel);
  const endpoint = await startTestEndpoint(kernel, [dynamo.wire]);
  const settings = clientSettings(endpoint);
  const client = new DynamoDBClient({ ...settings, maxAttempts: 1 });
  return {
    kernel,
    dynamo,
    client,
    settings,
    stop: async () => {
      client.destroy();
      dynamo.stop();
      await endpoint.stop();
    },
  };
}

/** Creates a table like those of the shop: keys `pk` and `sk`, index `gsi1`. */
export async function createTable(
  client: DynamoDBClient,
  TableName: string,
  streamViewType?: StreamViewType,
): Promise<{ streamArn: string }> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      ...(streamViewType
        ? { StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType } }
        : {}),
    }),
  );
  return { streamArn: TableDescription?.LatestStreamArn ?? '' };
}

/** A key for the table of {@link createTable}. */
export function key(pk: string, sk = 'a') {
  return { pk: { S: pk }, sk: { S: sk } };
}
