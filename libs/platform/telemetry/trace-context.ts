import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanAttributes } from './finished-span.ts';
import { formatTraceparent, parseTraceparent, type TracePosition } from './traceparent.ts';

/** The span that the running code is in. `remote` marks a span of another process. */
export interface TraceContext extends TracePosition {
  readonly remote?: true;
  /** True in the first span of this process and the spans inside it. */
  readonly cold: boolean;
  /** Attributes that the code inside adds to the span. Absent for a remote span, which cannot be changed. */
  readonly added?: Record<string, SpanAttributes[string]>;
}

const storage = new AsyncLocalStorage<TraceContext | undefined>();

/** The current context; undefined outside any trace. */
export const currentTrace = (): TraceContext | undefined => storage.getStore();

/** Runs `work` in `context`: its log lines carry the trace id, and its spans are children of the context's span. */
export function withTrace<T>(context: TraceContext | undefined, work: () => T): T {
  return storage.run(context, work);
}

/** The W3C traceparent for outgoing calls and events; undefined outside any trace. */
export function currentTraceparent(): string | undefined {
  const context = storage.getStore();
  return context && formatTraceparent(context);
}

/** Runs `work` in the trace of an incoming traceparent. Without a valid one, spans inside start new traces. */
export function withTraceparent<T>(traceparent: string | undefined, work: () => T): T {
  const position = parseTraceparent(traceparent);
  return storage.run(position && { ...position, remote: true, cold: false }, work);
}
