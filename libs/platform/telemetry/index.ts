/** Logs and spans: JSON lines on stdout, tied together by W3C Trace Context; spans also over OTLP where that is asked for. */
export * from './finished-span.ts';
export * from './logger.ts';
export * from './process-telemetry.ts';
export * from './span.ts';
export * from './trace-context.ts';
export * from './traceparent.ts';
