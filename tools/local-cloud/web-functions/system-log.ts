import type { LogLine, LogSink } from '../kernel.ts';
import { SYSTEM_LOG_LEVELS, type SystemLogLevel } from './definitions.ts';

/**
 * The events that the platform writes into the log group of a function. AWS has more: `platform.invokeStart`,
 * `requestComplete`, `invokeSummary`, `invokeReport`, `spinDownReport` and `logsDropped`, whose records could not be read.
 * https://docs.aws.amazon.com/lambda/latest/dg/web-functions-logging-system-log-schema.html
 */
export type SystemEvent =
  | { readonly type: 'platform.initStart'; readonly record: object }
  | { readonly type: 'platform.initReport'; readonly record: InitReport }
  | { readonly type: 'platform.spinDownStart'; readonly record: object };

export interface InitReport {
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
  readonly metrics: { readonly durationMs: number };
}

/** The level of all three events. */
const INFO: SystemLogLevel = 'INFO';

/** Writes a system event, unless the level of the function hides it. */
export function logSystemEvent(
  event: SystemEvent,
  level: SystemLogLevel,
  origin: Omit<LogLine, 'at' | 'text'>,
  log: LogSink,
): void {
  const rank = (one: SystemLogLevel) => SYSTEM_LOG_LEVELS.indexOf(one);
  if (rank(INFO) < rank(level)) return;
  const at = Date.now();
  const text = JSON.stringify({ time: new Date(at).toISOString(), ...event });
  log({ at, ...origin, text });
}
