import { createLogger, type Logger } from './logger.ts';

export interface ProcessTelemetry {
  readonly logger: Logger;
  readonly service: string;
  readonly variant: string;
}

let telemetry: ProcessTelemetry | undefined;

/** Sets what {@link currentLogger} and spans of this process use. */
export function setProcessTelemetry(settings: {
  logger: Logger;
  service?: string;
  variant?: string;
}): void {
  telemetry = {
    logger: settings.logger,
    service: settings.service ?? 'unknown',
    variant: settings.variant ?? 'unknown',
  };
}

/** Makes the process's logger from its settings, unless it has one: the first caller decides. */
export function startProcessTelemetry(config: {
  SERVICE_NAME: string;
  VARIANT: string;
  LOG_LEVEL: string;
}): void {
  if (telemetry) return;
  const { SERVICE_NAME: service, VARIANT: variant, LOG_LEVEL: level } = config;
  telemetry = { logger: createLogger({ service, variant, level }), service, variant };
}

/** The process's telemetry; before it is set (tests, scripts) only warnings are written. */
export function processTelemetry(): ProcessTelemetry {
  telemetry ??= {
    logger: createLogger({ service: 'unknown', variant: 'unknown', level: 'warn' }),
    service: 'unknown',
    variant: 'unknown',
  };
  return telemetry;
}

export const currentLogger = (): Logger => processTelemetry().logger;
