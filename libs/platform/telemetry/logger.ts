import { type DestinationStream, type Logger, pino } from 'pino';
import { currentTrace } from './trace-context.ts';

export type { Logger };

/** Keys whose values never reach a log, at the top of a line or one level down. */
const REDACTED_KEYS = [
  'password',
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'apiKey',
  'signature',
  'paymentMethod',
  'card',
  'cardNumber',
  'number',
  'cvc',
];

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
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
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
