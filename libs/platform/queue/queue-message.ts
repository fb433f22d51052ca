/** A message as handlers see it, in a container or a function. */
export interface QueueMessage {
  readonly id: string;
  /** EventBridge's detail-type; empty when the body is not an EventBridge event. */
  readonly type: string;
  readonly source: string;
  /** EventBridge's detail; for any other JSON body, the body itself. */
  readonly detail: unknown;
  readonly body: string;
  /** Why the body is not an EventBridge event. Absent when it is one. */
  readonly fault?: string;
  readonly sentAt?: Date;
  /** 1 on the first delivery. */
  readonly receiveCount: number;
  readonly traceparent?: string;
}

/**
 * Handles one message. Must be idempotent and must not depend on the order of messages. Throwing retries the message
 * with backoff and counts as a failure; returning `retryAfterSeconds` retries it after exactly that delay and does not.
 */
export type MessageHandler = (message: QueueMessage) => Promise<MessageOutcome>;

// biome-ignore lint/suspicious/noConfusingVoidType: most handlers return nothing.
export type MessageOutcome = void | { readonly retryAfterSeconds: number };

/** The parts of an SQS message that both the SDK and a Lambda event hold. */
export interface ReceivedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

/** EventBridge has only ever written this version of its envelope. */
const ENVELOPE_VERSION = '0';

/** Parses a message. Does not throw: a body that is not an EventBridge event has a `fault`. */
export function toQueueMessage(received: ReceivedMessage): QueueMessage {
  const content = parseJson(received.body);
  const fault = envelopeFault(received.body, content);
  const envelope = fault === undefined ? (content as Record<string, unknown>) : undefined;
  const detail = envelope ? envelope.detail : content;
  const sentAt = received.attributes.SentTimestamp;
  const traceparent = isRecord(detail) ? detail.traceparent : undefined;
  return {
    id: received.id,
    type: envelope ? String(envelope['detail-type']) : '',
    source: envelope ? String(envelope.source) : '',
    detail,
    body: received.body,
    ...(fault === undefined ? {} : { fault }),
    ...(sentAt === undefined ? {} : { sentAt: new Date(Number(sentAt)) }),
    receiveCount: Number(received.attributes.ApproximateReceiveCount ?? 1),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
function envelopeFault(body: string, content: unknown): string | undefined {
  if (body.trim() === '') return 'the body is empty';
  if (content === undefined) return 'the body is not JSON';
  if (!isRecord(content) || typeof content['detail-type'] !== 'string') {
    return 'the body is not an EventBridge event';
  }
  const { version = ENVELOPE_VERSION, source, detail } = content;
  if (version !== ENVELOPE_VERSION) return 'the version of the envelope is unknown';
  if (typeof source !== 'string') return 'the event has no source';
  return isRecord(detail) ? undefined : 'the event has no detail';
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
