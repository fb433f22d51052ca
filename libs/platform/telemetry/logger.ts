import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from './redact.ts';
import { currentTrace } from './trace-context.ts';

export type { Logger };

export interface LoggerOptions {
  readonly service: string;
  readonly variant: string;
  readonly level: string;
}

/**
 * JSON lines: `time` (ms), `level`, `msg`, `service`, `variant`, and `traceId` inside a trace.
 * Lines are written synchronously: a process that is killed, or a function that is frozen, loses none.
 */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service, variant: options.variant },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (line: object) => redact(line) as Record<string, unknown>,
    },
    // An error carries whatever its library hung on it, request headers included.
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
