import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../kernel.ts';

/** An event in the form that rules match and targets receive. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** RFC 3339 in whole seconds, UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** Wraps an event in EventBridge's envelope. An event without a time gets `now`. */
export function envelope(
  event: BusEvent,
  account: string,
  region: string,
  now: Date,
): EventEnvelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: event.source,
    account,
    time: (event.time ?? now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: event.resources ?? [],
    detail: event.detail,
  };
}
