/** Logs and spans: JSON lines on stdout, correlated by W3C Trace Context. Spans can also be exported over OTLP. */
export * from './error-code.ts';
export * from './finished-span.ts';
export * from './logger.ts';
export * from './metric-fields.ts';
export * from './process-telemetry.ts';
export * from './span.ts';
export * from './trace-context.ts';
export * from './traceparent.ts';
