import type { Context } from 'aws-lambda';
import type { TelemetryConfig } from '../config/index.ts';
import { startProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { thenFlush } from './then-flush.ts';

/** A function with an event of its own: starts the telemetry, and exports the spans before it responds. */
export function plainFunction<Event, Result>(
  config: TelemetryConfig,
  handle: (event: Event, context: Context) => Promise<Result>,
): (event: Event, context: Context) => Promise<Result> {
  startProcessTelemetry(config);
  return (event, context) => thenFlush(handle(event, context));
}
