/**
 * A record of DynamoDB Streams: one change of an item, with the images that the table's stream view
 * type selects.
 */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventSource: 'aws:dynamodb';
  readonly eventSourceARN: string;
  readonly eventVersion: '1.1';
  readonly awsRegion: string;
  readonly dynamodb: Record<string, unknown>;
  readonly userIdentity?: Record<string, string>;
}

/** Receives the records of a stream in commit order. */
export type StreamListener = (record: StreamRecord) => void;

/** Where a consumer of a stream begins. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';
