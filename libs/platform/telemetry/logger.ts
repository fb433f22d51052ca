import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from './redact.ts';
import { currentTrace } from './trace-context.ts';

export type { Logger };

export interface LoggerOptions {
  readonly service: string;
  readonly variant: string;
  /** Absent: the only copy of the variant in its account and region. */
  readonly stage?: string | undefined;
  readonly level: string;
}

/**
 * Writes JSON lines with `time` (ms), `level`, `msg`, `service`, `variant`, the `stage` if there is one, and
 * `traceId` inside a trace. Writes are
 * synchronous, so that a killed process or a frozen function loses no lines.
 */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: {
      service: options.service,
      variant: options.variant,
      ...(options.stage === undefined ? {} : { stage: options.stage }),
    },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (line: object) => redact(line) as Record<string, unknown>,
    },
    // Libraries add properties to their errors, request headers included.
    serializers: { err: (error: Error) => redact({ ...pino.stdSerializers.err(error) }) },
    mixin: traceOfLine,
  };
  return destination
    ? pino(settings, destination)
    : pino(settings, pino.destination({ sync: true }));
}

function traceOfLine(line: object): object {
  const trace = currentTrace();
  return trace && !('traceId' in line) ? { traceId: trace.traceId } : {};
}
