import type { DomainEvent } from '@triptych/events';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher } from './event-publisher.ts';
import { publishAndRemove } from './publish-and-remove.ts';
import type { Relay } from './relay.ts';
import { sweepOutbox } from './sweep-outbox.ts';

/** What a Lambda event source mapping wants back: where in the batch to start again. */
export interface StreamBatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** What a worker function does for its outbox: at once for each batch of the stream, and now and then for what is left. */
export interface WorkerRelay {
  handleStream(event: DynamoDBStreamEvent): Promise<StreamBatchResponse>;
  sweep(): Promise<void>;
}

/** For functions: they cannot work after they have answered, so the table's stream triggers the publishing. */
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
     * Publishes the outbox entries in the batch. A stream is delivered again from its first failed record on, so naming
     * that one is enough; what comes after it may be published twice.
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
