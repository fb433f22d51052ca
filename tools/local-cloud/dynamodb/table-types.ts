/** An attribute value in DynamoDB's JSON, e.g. `{ S: 'a' }`. */
export type AttributeValue = Record<string, unknown>;
export type Item = Record<string, AttributeValue>;
/** Input of an operation. dynalite's validation adds parsed expressions under names with `_`. */
export type Input = Record<string, unknown>;

interface TableIndex {
  IndexName: string;
  KeySchema: { AttributeName: string }[];
  Projection?: { ProjectionType?: string; NonKeyAttributes?: string[] };
}

/** The table description of DescribeTable. dynalite's actions read keys and indexes from it. */
export interface Table {
  TableName: string;
  KeySchema: { AttributeName: string; KeyType: string }[];
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  TableArn: string;
  LatestStreamArn?: string;
  LatestStreamLabel?: string;
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType: string };
  GlobalSecondaryIndexes?: TableIndex[];
  LocalSecondaryIndexes?: TableIndex[];
  [member: string]: unknown;
}
