import { type Static, Type } from 'typebox';
import { choice, integer, logLevel, url } from './settings.ts';

/** The settings that every service has; spread them into its own schema. */
export const commonSettings = {
  SERVICE_NAME: choice(['auth', 'catalog', 'payments', 'images', 'simulator']),
  VARIANT: choice(['microservices', 'serverless', 'hybrid']),
  /** The variant's public base URL: token issuer, JWKS and webhooks use it. */
  BASE_URL: url(),
  /** Where the services themselves reach the variant, when that is another address: auth's keys are fetched there. */
  INTERNAL_URL: Type.Optional(url()),
  LOG_LEVEL: logLevel(),
  /** How many proxies of ours stand before the service: which entry of X-Forwarded-For is the client. */
  TRUSTED_PROXIES: integer({ default: 0, minimum: 0, maximum: 10 }),
  /** Containers only. */
  PORT: integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  /** Base URL of an OpenTelemetry collector: spans also go to `/v1/traces` below it, as JSON. */
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(url()),
  /** Address of S3 for browsers, when services use another: presigned forms and links are made for it, in path style. */
  S3_PUBLIC_ENDPOINT: Type.Optional(url()),
  /** Buckets in the path of an address instead of its host name. */
  S3_FORCE_PATH_STYLE: Type.Optional(choice(['true', 'false'])),
};

const CommonSettings = Type.Object(commonSettings);

/** What the platform itself needs to know of a service's configuration. */
export type CommonConfig = Static<typeof CommonSettings>;

/** The settings that logs and spans need. */
export type TelemetryConfig = Pick<
  CommonConfig,
  'SERVICE_NAME' | 'VARIANT' | 'LOG_LEVEL' | 'OTEL_EXPORTER_OTLP_ENDPOINT'
>;
