import { TRACE_DIGITS } from '../trace/render-failures.ts';
import type { LogEntry } from './log-entry.ts';

/** The filters of `npm run logs`; a line must match all of them. */
export interface LogSelection {
  readonly variant?: string;
  readonly service?: string;
  /** A trace id, or at least its first eight digits. */
  readonly trace?: string;
  /** Selects lines that name this order, and all lines of their traces. */
  readonly order?: string;
}

/**
 * A filter for log lines. A line can belong to an order's trace before any line of the trace names the order, so `learn`
 * takes the available lines first; `wanted` then selects among them.
 */
export function selectLines(selection: LogSelection) {
  const traces = new Set<string>();
  const namesOrder = ({ text }: LogEntry) => selection.order && text.includes(selection.order);
  const learn = (entry: LogEntry) => {
    const trace = entry.fields?.traceId;
    if (typeof trace === 'string' && namesOrder(entry)) traces.add(trace);
  };
  const wanted = (entry: LogEntry): boolean => {
    const { variant, service, trace, order } = selection;
    if (variant && entry.variant !== variant) return false;
    if (service && entry.service !== service) return false;
    const traceId = entry.fields?.traceId;
    if (trace && !isTrace(traceId, trace)) return false;
    if (!order) return true;
    learn(entry);
    return Boolean(namesOrder(entry)) || (typeof traceId === 'string' && traces.has(traceId));
  };
  return { learn, wanted };
}

function isTrace(traceId: unknown, wanted: string): boolean {
  if (typeof traceId !== 'string') return false;
  return traceId === wanted || (wanted.length >= TRACE_DIGITS && traceId.startsWith(wanted));
}
