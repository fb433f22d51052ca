import type { SpanExporter } from './finished-span.ts';
import { createLogger, type Logger } from './logger.ts';
import { otlpExporter } from './otlp-exporter.ts';

export interface ProcessTelemetry {
  readonly logger: Logger;
  readonly service: string;
  readonly variant: string;
  readonly stage?: string;
  /** Exports spans in addition to the log. */
  readonly exporter?: SpanExporter;
}

let telemetry: ProcessTelemetry | undefined;

/** Sets the logger and exporter of this process, which {@link currentLogger} and spans use. */
export function setProcessTelemetry(settings: {
  logger: Logger;
  service?: string;
  variant?: string;
  stage?: string | undefined;
  exporter?: SpanExporter;
}): void {
  const { logger, service = 'unknown', variant = 'unknown', stage, exporter } = settings;
  const optional = { ...(stage !== undefined && { stage }), ...(exporter && { exporter }) };
  telemetry = { logger, service, variant, ...optional };
}

/** Creates the process's logger and exporter from its settings. Does nothing when they exist: the first call wins. */
export function startProcessTelemetry(config: {
  SERVICE_NAME: string;
  VARIANT: string;
  STAGE?: string;
  LOG_LEVEL: string;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}): void {
  if (telemetry) return;
  const { SERVICE_NAME: service, VARIANT: variant, STAGE: stage, LOG_LEVEL: level } = config;
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  const logger = createLogger({ service, variant, stage, level });
  const onFailure = (err: unknown) => logger.warn({ err }, 'spans not exported');
  const exporter =
    endpoint === undefined ? undefined : otlpExporter({ endpoint, service, variant, onFailure });
  setProcessTelemetry({ logger, service, variant, stage, ...(exporter && { exporter }) });
}

/** The process's telemetry. Until it is set (in tests and scripts), only warnings and errors are logged. */
export function processTelemetry(): ProcessTelemetry {
  telemetry ??= {
    logger: createLogger({ service: 'unknown', variant: 'unknown', level: 'warn' }),
    service: 'unknown',
    variant: 'unknown',
  };
  return telemetry;
}

/** The process's logger. */
export const currentLogger = (): Logger => processTelemetry().logger;

/** Sends the waiting spans before the process ends or is frozen. Bounded in time; never throws. */
export async function flushSpans(): Promise<void> {
  await telemetry?.exporter?.flush();
}
