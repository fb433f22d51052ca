import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { changeVisibility } from './change-visibility.ts';
import { processMessage } from './process-message.ts';
import type { MessageHandler } from './queue-message.ts';
import { queueName } from './queue-name.ts';

/** A queue that a worker consumes. */
export interface ConsumedQueue {
  readonly queueUrl: string;
  readonly handle: MessageHandler;
}

/**
 * Handles a batch from an event source mapping. Each message fails on its own: only failed messages are redelivered.
 * @throws Error (from the returned function) when a record comes from a queue that is not in `queues`
 */
export function lambdaBatch(
  queues: readonly ConsumedQueue[],
  sqs: SQSClient,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const byName = new Map(queues.map((queue) => [queueName(queue.queueUrl), queue]));

  async function failed(record: SQSRecord): Promise<boolean> {
    const name = queueName(record.eventSourceARN);
    const queue = byName.get(name);
    if (!queue) throw new Error(`no handler for queue ${name}`);
    const received = {
      id: record.messageId,
      body: record.body,
      attributes: { ...record.attributes },
    };
    const processed = await processMessage(received, name, queue.handle, 'sqs-lambda');
    if (processed === 'done') return false;
    await changeVisibility(sqs, queue.queueUrl, record.receiptHandle, processed.afterSeconds).catch(
      (err) => {
        // The message then returns after the queue's own visibility timeout.
        currentLogger().warn({ err }, 'message visibility not changed');
      },
    );
    return true;
  }

  return async (event) => {
    const failures = await Promise.all(
      event.Records.map(async (record) => ((await failed(record)) ? [record.messageId] : [])),
    );
    return { batchItemFailures: failures.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
