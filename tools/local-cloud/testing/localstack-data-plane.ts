import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { DataPlane } from '@triptych/platform/testing/data-plane';
import { contextTable, limitsTable } from '../data-plane/table-shapes.ts';
import { localStackBuckets } from './localstack-buckets.ts';
import { localStackMessages } from './localstack-messages.ts';
import type { LocalStackSettings } from './localstack-settings.ts';

/**
 * Creates a table. If the response of the first attempt is lost, a retry finds the table in use.
 */
async function createOnce(dynamo: DynamoDBClient, table: CreateTableCommandInput): Promise<void> {
  try {
    await dynamo.send(new CreateTableCommand(table));
  } catch (error) {
    const retried = error instanceof ResourceInUseException && (error.$metadata.attempts ?? 1) > 1;
    if (!retried) throw error;
  }
}

/**
 * Creates a data plane in a running LocalStack. `stop` removes its resources. Until then, no other
 * data plane may use the same names.
 */
export function localStackDataPlane(url: string): DataPlane {
  const endpoint = new URL(url).origin;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const cloud: LocalStackSettings = { endpoint, region: 'us-east-1', credentials, undo: [] };
  const dynamo = new DynamoDBClient(cloud);
  const secrets = new SecretsManagerClient(cloud);
  const messages = localStackMessages(cloud);
  const buckets = localStackBuckets(cloud);
  return {
    endpointUrl: endpoint,
    environment: {
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: endpoint,
    },
    ...messages.of,
    ...buckets.of,
    createTable: async ({ name: TableName, limits }) => {
      const shape = limits ? limitsTable(TableName) : contextTable(TableName);
      const { TimeToLiveSpecification, StreamSpecification, ...table } = shape;
      const stream = StreamSpecification && { StreamEnabled: true, ...StreamSpecification };
      await createOnce(dynamo, { ...table, ...(stream ? { StreamSpecification: stream } : {}) });
      cloud.undo.push(() => dynamo.send(new DeleteTableCommand({ TableName })));
      await dynamo.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
      return TableName;
    },
    createSecret: async (secret) => {
      const { ARN: SecretId = '' } = await secrets.send(new CreateSecretCommand(secret));
      const remove = new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true });
      cloud.undo.push(() => secrets.send(remove));
      return SecretId;
    },
    stop: async () => {
      const errors: unknown[] = [];
      for (const undo of cloud.undo.toReversed()) {
        await undo().catch((error) => errors.push(error));
      }
      for (const client of [dynamo, secrets, messages, buckets]) client.destroy();
      if (errors.length > 0) {
        throw new AggregateError(errors, 'Some resources could not be removed from LocalStack');
      }
    },
  };
}
