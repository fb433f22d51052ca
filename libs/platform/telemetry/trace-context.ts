import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanAttributes } from './finished-span.ts';
import { formatTraceparent, parseTraceparent, type TracePosition } from './traceparent.ts';

/** Where the running code stands: `remote` marks a position that another process opened. */
export interface TraceContext extends TracePosition {
  readonly remote?: true;
  /** True while the first work of this process runs. */
  readonly cold: boolean;
  /** What the code inside adds to the span; a remote one is not ours to add to. */
  readonly noted?: SpanAttributes;
}

const storage = new AsyncLocalStorage<TraceContext | undefined>();

export const currentTrace = (): TraceContext | undefined => storage.getStore();

/** Runs `work` so that logs and spans inside it belong to `context`. */
export function withTrace<T>(context: TraceContext | undefined, work: () => T): T {
  return storage.run(context, work);
}

/** The position to hand to whatever the running code calls or publishes; undefined outside any trace. */
export function currentTraceparent(): string | undefined {
  const context = storage.getStore();
  return context && formatTraceparent(context);
}

/** Continues a trace that came with a message; without a valid traceparent, `work` starts a trace of its own. */
export function withTraceparent<T>(traceparent: string | undefined, work: () => T): T {
  const position = parseTraceparent(traceparent);
  return storage.run(position && { ...position, remote: true, cold: false }, work);
}
