import { createLogger } from '../telemetry/logger.ts';
import { setProcessTelemetry } from '../telemetry/process-telemetry.ts';

export type LogLine = Record<string, unknown>;

/** Captures the log lines of this process in the returned array. */
export function captureLog(level = 'debug'): LogLine[] {
  const lines: LogLine[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
  const logger = createLogger({ service: 'catalog', variant: 'microservices', level }, destination);
  setProcessTelemetry({ logger, service: 'catalog', variant: 'microservices' });
  return lines;
}

/** The log lines of spans. */
export const spansIn = (lines: readonly LogLine[]) => lines.filter((line) => line.msg === 'span');
