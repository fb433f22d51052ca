/** Logs and spans: JSON lines on stdout, tied together by W3C Trace Context. */
export * from './logger.ts';
export * from './process-telemetry.ts';
export * from './span.ts';
export * from './trace-context.ts';
export * from './traceparent.ts';
