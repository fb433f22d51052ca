/** An attribute value in DynamoDB's JSON, e.g. `{ S: 'a' }`. */
export type AttributeValue = Record<string, unknown>;
export type Item = Record<string, AttributeValue>;
/** Input of an operation. Once validated, dynalite's parsed expressions are under `_` names. */
export type Input = Record<string, unknown>;

/** A table description as DescribeTable returns it; dynalite's actions read keys and indexes from it. */
export interface Table {
  TableName: string;
  KeySchema: { AttributeName: string; KeyType: string }[];
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  TableArn: string;
  LatestStreamArn?: string;
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType: string };
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: { AttributeName: string }[] }[];
  [member: string]: unknown;
}
