import type { DomainEvent } from '@triptych/events';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher } from './event-publisher.ts';
import { publishAndRemove } from './publish-and-remove.ts';
import type { Relay } from './relay.ts';
import { sweepOutbox } from './sweep-outbox.ts';

/** The response to a Lambda event source mapping: the record from which it retries the batch. */
export interface StreamBatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** The relay of a worker function. */
export interface WorkerRelay {
  /**
   * Publishes the outbox entries of a stream batch.
   * @throws Error when the bus or the outbox cannot be reached; the stream then delivers the batch again
   */
  handleStream(event: DynamoDBStreamEvent): Promise<StreamBatchResponse>;
  /** Publishes the entries that the stream left, on a schedule. @throws Error as {@link sweepOutbox} does */
  sweep(): Promise<void>;
}

/** For functions: they cannot work after they respond, so the table's stream triggers the publishing. */
export function streamRelay(to: {
  outbox: Outbox;
  publisher: EventPublisher;
}): Relay & WorkerRelay {
  return {
    committed() {},

    async sweep() {
      await sweepOutbox(to);
    },

    /**
     * The stream redelivers a batch from its first failed record, so it is enough to return that record. Events after
     * it may be published twice.
     */
    async handleStream(event) {
      const sequenceOf = new Map<string, string>();
      const events: DomainEvent[] = [];
      for (const record of event.Records) {
        const found = to.outbox.fromStreamRecord(record);
        if (!found) continue;
        events.push(found);
        sequenceOf.set(found.id, record.dynamodb?.SequenceNumber ?? '');
      }
      const { failedIds } = await publishAndRemove(to, events, 'dynamodb-stream');
      const failed = new Set(failedIds);
      const first = events.find((candidate) => failed.has(candidate.id));
      if (!first) return { batchItemFailures: [] };
      return { batchItemFailures: [{ itemIdentifier: sequenceOf.get(first.id) ?? '' }] };
    },
  };
}
