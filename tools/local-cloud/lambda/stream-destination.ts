import { randomUUID } from 'node:crypto';
import type { StreamRecord } from '../kernel.ts';

/** A batch of stream records that is not retried any more. */
export interface DiscardedBatch {
  readonly records: readonly StreamRecord[];
  readonly condition: string;
  readonly attempts: number;
  readonly functionArn: string;
  readonly streamArn: string;
}

/**
 * Returns the message that Lambda sends to a mapping's on-failure destination. It contains the
 * position of the records, not their contents.
 */
export function discardedBatch(batch: DiscardedBatch): string {
  const { records, condition, attempts, functionArn, streamArn } = batch;
  const first = records[0]?.dynamodb;
  const last = records.at(-1)?.dynamodb;
  const arrival = (seconds: unknown): string => new Date(Number(seconds) * 1000).toISOString();
  return JSON.stringify({
    requestContext: {
      requestId: randomUUID(),
      functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: 'Unhandled',
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000000000000000000-00000000',
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: arrival(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn,
    },
  });
}
