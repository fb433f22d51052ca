import type { TelemetryConfig } from '../config/index.ts';
import { startProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { thenFlush } from './then-flush.ts';

/** A function with an event of its own: starts the telemetry, and exports the spans before it responds. */
export function plainFunction<Event, Result>(
  config: TelemetryConfig,
  handle: (event: Event) => Promise<Result>,
): (event: Event) => Promise<Result> {
  startProcessTelemetry(config);
  return (event) => thenFlush(handle(event));
}
