import type { LogEntry } from './log-entry.ts';

export interface LogSelection {
  readonly variant?: string;
  readonly service?: string;
  readonly trace?: string;
  /** Lines that name this order, and all lines of the traces that they belong to. */
  readonly order?: string;
}

/**
 * A filter for lines that come one after the other. What an order set off is known by its trace, so a line may
 * belong to an order before one that says so: `learn` takes the lines that are known already.
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
    if (trace && traceId !== trace) return false;
    if (!order) return true;
    learn(entry);
    return Boolean(namesOrder(entry)) || (typeof traceId === 'string' && traces.has(traceId));
  };
  return { learn, wanted };
}
