import type { SpanRecord } from '@triptych/platform/telemetry';

/** A finished span as a process logs it: its attributes are fields of the log line. */
export interface Span extends Omit<SpanRecord, 'attributes' | 'variant' | 'ok'> {
  readonly variant?: string;
  readonly orderId?: string;
  /** What triggered the work, if anything did: `http-api`, `sqs-poll`, … */
  readonly transport?: string;
  /** False when it ended in an error. */
  readonly ok?: boolean;
  readonly pid: number;
  /** True for the first work of a new process. */
  readonly cold: boolean;
  /** Logical id of the function or container service that ran it. */
  readonly process: string;
}

/** A log line as a span, or nothing when it is some other line. */
export function parseSpan(line: { source: string; text: string; pid?: number }): Span | undefined {
  if (!line.text.startsWith('{') || !line.text.includes('"msg":"span"')) return undefined;
  try {
    const entry = JSON.parse(line.text) as Span & { msg: string };
    if (entry.msg !== 'span' || typeof entry.startMs !== 'number') return undefined;
    return { ...entry, cold: entry.cold === true, process: line.source };
  } catch {
    // A line cut in two by a killed process is no span.
    return undefined;
  }
}
