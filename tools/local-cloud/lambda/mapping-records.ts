/** An event source mapping as ListEventSourceMappings describes it. */
export interface MappingRecord {
  readonly id: string;
  readonly arn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly enabled: boolean;
  readonly createdAt: Date;
  /** The honoured properties of the template. */
  readonly properties: Readonly<Record<string, unknown>>;
}
