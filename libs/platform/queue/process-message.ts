import { AppError } from '../errors/index.ts';
import { subjectOf } from '../outbox/subject-of.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { span } from '../telemetry/span.ts';
import { withTraceparent } from '../telemetry/trace-context.ts';
import { exponentialBackoff } from './exponential-backoff.ts';
import { type MessageHandler, type ReceivedMessage, toQueueMessage } from './queue-message.ts';

/** What became of a message: `done` may be deleted; `retry` comes back after `afterSeconds`. */
export type Processed = 'done' | { readonly afterSeconds: number };

/** What took the message from its queue. */
export type ReceiveTransport = 'sqs-poll' | 'sqs-lambda';

/** SQS allows no visibility timeout beyond twelve hours. */
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_BACKOFF_SECONDS = 300;
const nextTry = exponentialBackoff(2, MAX_BACKOFF_SECONDS);

/** Handles one message inside its trace, as a span. Never throws: a failure is logged and becomes a retry. */
export async function processMessage(
  received: ReceivedMessage,
  queue: string,
  handle: MessageHandler,
  transport: ReceiveTransport,
): Promise<Processed> {
  const message = toQueueMessage(received);
  const attributes = {
    ...subjectOf((message.detail as { data?: unknown } | undefined)?.data),
    transport,
    queue,
    messageId: message.id,
    receiveCount: message.receiveCount,
    ...(message.sentAt ? { queuedAtMs: message.sentAt.getTime() } : {}),
  };
  return withTraceparent(message.traceparent, async () => {
    try {
      const name = `consume ${message.type || queue}`;
      const outcome = await span(name, attributes, () => handle(message));
      if (!outcome) return 'done';
      return { afterSeconds: clamp(outcome.retryAfterSeconds, MAX_VISIBILITY_SECONDS) };
    } catch (err) {
      const afterSeconds = backoffSeconds(message.receiveCount, err);
      currentLogger().error(
        { err, ...attributes, type: message.type, afterSeconds },
        'message failed',
      );
      return { afterSeconds };
    }
  });
}

/** A store that says when to return is believed. */
function backoffSeconds(receiveCount: number, error: unknown): number {
  const asked = error instanceof AppError ? (error.retryAfterSeconds ?? 0) : 0;
  return clamp(Math.max(nextTry(receiveCount), asked), MAX_BACKOFF_SECONDS);
}

const clamp = (seconds: number, max: number) => Math.max(0, Math.min(max, Math.round(seconds)));
