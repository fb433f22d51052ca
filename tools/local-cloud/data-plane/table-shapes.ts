/** Properties of AWS::DynamoDB::Table. */
export interface TableShape {
  readonly TableName: string;
  readonly BillingMode: 'PAY_PER_REQUEST';
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: 'S' }[];
  readonly KeySchema: Keys;
  readonly TimeToLiveSpecification: { AttributeName: string; Enabled: true };
  readonly GlobalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: Keys;
    Projection: { ProjectionType: 'ALL' };
  }[];
  readonly StreamSpecification?: { StreamViewType: 'NEW_IMAGE' };
}

type Keys = { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];

/**
 * The table of a context: keys pk and sk, index gsi1, TTL `expiresAt`, and a stream of new images.
 */
export function contextTable(name: string): TableShape {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(text),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gsi1',
        KeySchema: keys('gsi1pk', 'gsi1sk'),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  };
}

/** The `limits` table, in the shape that rate-limiter-flexible requires. */
export function limitsTable(name: string): TableShape {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text('key')],
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'expire', Enabled: true },
  };
}

function text(AttributeName: string) {
  return { AttributeName, AttributeType: 'S' as const };
}

function keys(hash: string, range: string): Keys {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}
