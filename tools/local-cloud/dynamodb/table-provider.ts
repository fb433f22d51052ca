import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import type { CreatedResource, ResourceContext, ResourceProvider } from '../kernel.ts';
import type { Tables } from './tables.ts';

const MAX_NAME_LENGTH = 255;

/** Creates `AWS::DynamoDB::Table`. */
export function tableProvider(tables: Tables): ResourceProvider {
  return {
    type: 'AWS::DynamoDB::Table',
    properties: {
      TableName: 'honoured',
      KeySchema: 'honoured',
      AttributeDefinitions: 'honoured',
      GlobalSecondaryIndexes: 'honoured',
      LocalSecondaryIndexes: 'honoured',
      BillingMode: 'honoured',
      ProvisionedThroughput: 'honoured',
      StreamSpecification: 'honoured',
      TimeToLiveSpecification: 'honoured',
      PointInTimeRecoverySpecification: { ignored: 'local data has no backups' },
      SSESpecification: 'honoured',
      DeletionProtectionEnabled: { ignored: 'local tables exist until the local cloud stops' },
      ContributorInsightsSpecification: { ignored: 'there is no local metrics service' },
      Tags: { ignored: 'tags have no local effect' },
    },
    create: async (context) => createTable(tables, context),
  };
}

function createTable(tables: Tables, context: ResourceContext): CreatedResource {
  const {
    TimeToLiveSpecification: timeToLive,
    StreamSpecification,
    SSESpecification: encryption,
    ...rest
  } = context.properties;
  const name = String(rest.TableName ?? `${context.stack}-${context.logicalId}`).slice(
    0,
    MAX_NAME_LENGTH,
  );
  if (StreamSpecification) {
    const where = 'AWS::DynamoDB::Table StreamSpecification';
    rejectUndeclared(StreamSpecification, honoured('StreamViewType'), where);
  }
  const table = tables.create({
    ...pick(rest, [
      'KeySchema',
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
      'BillingMode',
      'ProvisionedThroughput',
    ]),
    TableName: name,
    ...(StreamSpecification
      ? { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }
      : {}),
  });
  if ((timeToLive as { Enabled?: boolean } | undefined)?.Enabled) {
    tables.updateTimeToLive({ TableName: name, TimeToLiveSpecification: timeToLive });
  }
  const { KMSMasterKeyId } = (encryption ?? {}) as { KMSMasterKeyId?: string };
  context.kernel.permissions.encrypt(String(table.TableArn), KMSMasterKeyId);
  return {
    physicalId: name,
    attributes: {
      Arn: table.TableArn,
      ...(table.LatestStreamArn ? { StreamArn: table.LatestStreamArn } : {}),
    },
  };
}

function pick(
  properties: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
  );
}
