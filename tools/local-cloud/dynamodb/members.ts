import type { MemberTable, RequestMembers } from '../endpoint/index.ts';

const EXPRESSION = {
  ExpressionAttributeNames: 'honoured',
  ExpressionAttributeValues: 'honoured',
} as const satisfies RequestMembers;

/** A legacy condition: `QueryFilter`, `ScanFilter`, `KeyConditions`. Expressions replaced them. */
const LEGACY_CONDITION = {
  values: { ComparisonOperator: 'honoured', AttributeValueList: 'honoured' },
} as const;

const EXPECTED = {
  values: {
    Value: 'honoured',
    Exists: 'honoured',
    ComparisonOperator: 'honoured',
    AttributeValueList: 'honoured',
  },
} as const;

const SINGLE_WRITE = {
  TableName: 'honoured',
  Expected: EXPECTED,
  ConditionalOperator: 'honoured',
  ConditionExpression: 'honoured',
  ReturnValues: 'honoured',
  ReturnValuesOnConditionCheckFailure: 'honoured',
  ReturnConsumedCapacity: 'honoured',
  ReturnItemCollectionMetrics: 'honoured',
  ...EXPRESSION,
} as const satisfies RequestMembers;

const PROJECTED_READ = {
  AttributesToGet: 'honoured',
  ConsistentRead: 'honoured',
  ProjectionExpression: 'honoured',
  ExpressionAttributeNames: 'honoured',
} as const satisfies RequestMembers;

const RANGE_READ = {
  TableName: 'honoured',
  IndexName: 'honoured',
  Select: 'honoured',
  Limit: 'honoured',
  ExclusiveStartKey: 'honoured',
  ReturnConsumedCapacity: 'honoured',
  ConditionalOperator: 'honoured',
  FilterExpression: 'honoured',
  ...PROJECTED_READ,
  ...EXPRESSION,
} as const satisfies RequestMembers;

const TRANSACTION_STEP = {
  TableName: 'honoured',
  ConditionExpression: 'honoured',
  ReturnValuesOnConditionCheckFailure: 'honoured',
  ...EXPRESSION,
} as const satisfies RequestMembers;

const KEY_SCHEMA = { members: { AttributeName: 'honoured', KeyType: 'honoured' } } as const;
const THROUGHPUT = {
  members: { ReadCapacityUnits: 'honoured', WriteCapacityUnits: 'honoured' },
} as const;
const INDEX = {
  IndexName: 'honoured',
  KeySchema: KEY_SCHEMA,
  Projection: { members: { ProjectionType: 'honoured', NonKeyAttributes: 'honoured' } },
} as const satisfies RequestMembers;

/** The request members that the local DynamoDB supports. Any other member is an error. */
export const DYNAMODB_MEMBERS = {
  GetItem: {
    TableName: 'honoured',
    Key: 'honoured',
    ReturnConsumedCapacity: 'honoured',
    ...PROJECTED_READ,
  },
  BatchGetItem: {
    RequestItems: { values: { Keys: 'honoured', ...PROJECTED_READ } },
    ReturnConsumedCapacity: 'honoured',
  },
  Query: {
    ...RANGE_READ,
    KeyConditions: LEGACY_CONDITION,
    QueryFilter: LEGACY_CONDITION,
    KeyConditionExpression: 'honoured',
    ScanIndexForward: 'honoured',
  },
  Scan: {
    ...RANGE_READ,
    ScanFilter: LEGACY_CONDITION,
    Segment: 'honoured',
    TotalSegments: 'honoured',
  },
  PutItem: { ...SINGLE_WRITE, Item: 'honoured' },
  UpdateItem: {
    ...SINGLE_WRITE,
    Key: 'honoured',
    UpdateExpression: 'honoured',
    AttributeUpdates: { values: { Value: 'honoured', Action: 'honoured' } },
  },
  DeleteItem: { ...SINGLE_WRITE, Key: 'honoured' },
  BatchWriteItem: {
    RequestItems: {
      values: {
        PutRequest: { members: { Item: 'honoured' } },
        DeleteRequest: { members: { Key: 'honoured' } },
      },
    },
    ReturnConsumedCapacity: 'honoured',
    ReturnItemCollectionMetrics: 'honoured',
  },
  TransactGetItems: {
    TransactItems: {
      members: {
        Get: {
          members: {
            TableName: 'honoured',
            Key: 'honoured',
            ProjectionExpression: 'honoured',
            ExpressionAttributeNames: 'honoured',
          },
        },
      },
    },
    ReturnConsumedCapacity: 'honoured',
  },
  TransactWriteItems: {
    TransactItems: {
      members: {
        Put: { members: { ...TRANSACTION_STEP, Item: 'honoured' } },
        Update: { members: { ...TRANSACTION_STEP, Key: 'honoured', UpdateExpression: 'honoured' } },
        Delete: { members: { ...TRANSACTION_STEP, Key: 'honoured' } },
        ConditionCheck: { members: { ...TRANSACTION_STEP, Key: 'honoured' } },
      },
    },
    ClientRequestToken: 'honoured',
    ReturnConsumedCapacity: 'honoured',
    ReturnItemCollectionMetrics: 'honoured',
  },
  CreateTable: {
    TableName: 'honoured',
    AttributeDefinitions: { members: { AttributeName: 'honoured', AttributeType: 'honoured' } },
    KeySchema: KEY_SCHEMA,
    LocalSecondaryIndexes: { members: INDEX },
    GlobalSecondaryIndexes: { members: { ...INDEX, ProvisionedThroughput: THROUGHPUT } },
    BillingMode: 'honoured',
    ProvisionedThroughput: THROUGHPUT,
    StreamSpecification: { members: { StreamEnabled: 'honoured', StreamViewType: 'honoured' } },
    SSESpecification: { ignored: 'local data is not encrypted at rest' },
    Tags: { ignored: 'tags have no local effect' },
  },
  DescribeTable: { TableName: 'honoured' },
  DeleteTable: { TableName: 'honoured' },
  ListTables: { Limit: 'honoured', ExclusiveStartTableName: 'honoured' },
  UpdateTimeToLive: {
    TableName: 'honoured',
    TimeToLiveSpecification: { members: { AttributeName: 'honoured', Enabled: 'honoured' } },
  },
  DescribeTimeToLive: { TableName: 'honoured' },
} as const satisfies MemberTable;

/** The request members that the local DynamoDB Streams supports. */
export const STREAMS_MEMBERS = {
  ListStreams: {
    TableName: 'honoured',
    ExclusiveStartStreamArn: 'honoured',
    Limit: 'honoured',
  },
  DescribeStream: {
    StreamArn: 'honoured',
    ExclusiveStartShardId: 'honoured',
    Limit: 'honoured',
  },
  GetShardIterator: {
    StreamArn: 'honoured',
    ShardId: 'honoured',
    ShardIteratorType: 'honoured',
    SequenceNumber: 'honoured',
  },
  GetRecords: { ShardIterator: 'honoured', Limit: 'honoured' },
} as const satisfies MemberTable;
