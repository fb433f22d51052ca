/** A message as handlers see it, in a container or a function. */
export interface QueueMessage {
  readonly id: string;
  /** EventBridge's detail-type; empty when the body is not an EventBridge event. */
  readonly type: string;
  readonly source: string;
  /** EventBridge's detail; for any other JSON body, the body itself. */
  readonly detail: unknown;
  readonly body: string;
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

/** Parses a message without validating it. The handler decides about a body that is not JSON. */
export function toQueueMessage(received: ReceivedMessage): QueueMessage {
  const content = parseJson(received.body);
  const envelope =
    isRecord(content) && typeof content['detail-type'] === 'string' ? content : undefined;
  const detail = envelope ? envelope.detail : content;
  const sentAt = received.attributes.SentTimestamp;
  const traceparent = isRecord(detail) ? detail.traceparent : undefined;
  return {
    id: received.id,
    type: envelope ? String(envelope['detail-type']) : '',
    source: envelope ? String(envelope.source ?? '') : '',
    detail,
    body: received.body,
    ...(sentAt === undefined ? {} : { sentAt: new Date(Number(sentAt)) }),
    receiveCount: Number(received.attributes.ApproximateReceiveCount ?? 1),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
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
