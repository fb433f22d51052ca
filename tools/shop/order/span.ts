import type { SpanRecord } from '@triptych/platform/telemetry';

/** A finished span as a process logs it, with the attributes as fields of the log line. */
export interface Span extends Omit<SpanRecord, 'attributes' | 'variant' | 'ok'> {
  readonly variant?: string;
  readonly orderId?: string;
  /** The trigger of the work, if any: `http-api`, `sqs-poll`, … */
  readonly transport?: string;
  /** False when it ended in an error. */
  readonly ok?: boolean;
  /** The error's code, if it failed or a request was rejected. */
  readonly error?: string;
  /** The status of an HTTP response. */
  readonly status?: number;
  /** Why an order was rejected or cancelled. */
  readonly reason?: string;
  readonly pid: number;
  /** True for the first work of a new process. */
  readonly cold: boolean;
  /** Logical id of the function or container service that ran it. */
  readonly process: string;
}

/** Parses a log line; undefined when it is not a span. */
export function parseSpan(line: { source: string; text: string; pid?: number }): Span | undefined {
  if (!line.text.startsWith('{') || !line.text.includes('"msg":"span"')) return undefined;
  try {
    const entry = JSON.parse(line.text) as Span & { msg: string };
    if (entry.msg !== 'span' || typeof entry.startMs !== 'number') return undefined;
    return { ...entry, cold: entry.cold === true, process: line.source };
  } catch {
    // A killed process may leave a truncated line.
    return undefined;
  }
}
