import { AppError } from '../errors/index.ts';
import type { SpanAttributes } from '../telemetry/finished-span.ts';
import { metricFields } from '../telemetry/metric-fields.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { span } from '../telemetry/span.ts';
import { subjectOf } from '../telemetry/subject-of.ts';
import { withTraceparent } from '../telemetry/trace-context.ts';
import { exponentialBackoff } from './exponential-backoff.ts';
import { InvalidMessageError } from './invalid-message-error.ts';
import {
  type MessageHandler,
  type QueueMessage,
  type ReceivedMessage,
  toQueueMessage,
} from './queue-message.ts';

/** The outcome of a message: `done` means that it can be deleted, otherwise it is retried after `afterSeconds`. */
export type Processed = 'done' | { readonly afterSeconds: number };

/** How the message was received. Spans of the variants differ only in this. */
export type ReceiveTransport = 'sqs-poll' | 'sqs-lambda';

/** The longest visibility timeout that SQS allows: twelve hours. */
const MAX_VISIBILITY_SECONDS = 43_200;
const FIRST_BACKOFF_SECONDS = 2;
const MAX_BACKOFF_SECONDS = 300;
const backoff = exponentialBackoff(FIRST_BACKOFF_SECONDS, MAX_BACKOFF_SECONDS);
/**
 * The first deliveries of a poison message are retried with backoff, in case a newer version of the service is being
 * deployed. Later ones follow at once, because SQS moves a message to the dead-letter queue by its number of deliveries.
 */
const POISON_DELIVERIES_WITH_BACKOFF = 5;

/**
 * Counts poison messages in CloudWatch, by service, variant and queue. Each process counts a message once, when it first
 * finds it invalid. No message is missed, even if an earlier delivery was killed or failed for another reason. A message
 * that several processes receive is counted more than once. The dead-letter queue has the exact number.
 */
const POISON_METRIC = 'PoisonMessages';
/** Ids of poison messages that this process has counted, oldest first. */
const counted = new Set<string>();
const MAX_COUNTED = 1_000;

/** Handles one message as a span in its trace. Never throws: a failure is logged and becomes a retry. */
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
      return { afterSeconds: logFailure(err, message, { ...attributes, type: message.type }) };
    }
  });
}

/** Logs why a message failed. Returns the seconds until it is retried. */
function logFailure(err: unknown, message: QueueMessage, attributes: SpanAttributes): number {
  const { receiveCount, body } = message;
  if (!(err instanceof InvalidMessageError)) {
    const afterSeconds = backoffSeconds(receiveCount, err);
    currentLogger().error({ err, ...attributes, afterSeconds }, 'message failed');
    return afterSeconds;
  }
  const isNew = countOnce(message.id);
  const isLate = receiveCount > POISON_DELIVERIES_WITH_BACKOFF;
  if (isLate && !isNew) return 0;
  const metric = isNew ? metricFields(POISON_METRIC, ['service', 'variant', 'queue']) : {};
  const afterSeconds = isLate ? 0 : backoffSeconds(receiveCount, err);
  currentLogger().error(
    { err, ...attributes, bytes: Buffer.byteLength(body), afterSeconds, ...metric },
    'poison message',
  );
  return afterSeconds;
}

/** Whether this process has not counted the message before. Remembers it. */
function countOnce(messageId: string): boolean {
  if (counted.has(messageId)) return false;
  counted.add(messageId);
  const [oldest] = counted;
  if (counted.size > MAX_COUNTED && oldest !== undefined) counted.delete(oldest);
  return true;
}

/** Waits at least as long as the error asks for. */
function backoffSeconds(receiveCount: number, error: unknown): number {
  const requested = error instanceof AppError ? (error.retryAfterSeconds ?? 0) : 0;
  return clamp(Math.max(backoff(receiveCount), requested), MAX_BACKOFF_SECONDS);
}

const clamp = (seconds: number, max: number) => Math.max(0, Math.min(max, Math.round(seconds)));
