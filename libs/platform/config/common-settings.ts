import { CONTEXT_NAMES, VARIANTS } from '@triptych/context-map';
import { type Static, Type } from 'typebox';
import { choice, integer, logLevel, text, url } from './settings.ts';

/**
 * The settings of every service. A composition root spreads them into its own schema.
 * {@link loadConfig} checks them at boot; an empty value counts as missing.
 */
export const commonSettings = {
  /** First segment of the health and OpenAPI paths. */
  SERVICE_NAME: choice([...CONTEXT_NAMES, 'simulator', 'checkout']),
  VARIANT: choice(VARIANTS),
  /** Name of the copy of the variant, if it is not the only one. In every log line and metric. */
  STAGE: Type.Optional(text()),
  /** The variant's public base URL: token issuer, JWKS and webhooks use it. `Location` headers begin with its path. */
  BASE_URL: url(),
  /** The base URL at which services fetch auth's keys, if it differs from `BASE_URL`. */
  INTERNAL_URL: Type.Optional(url()),
  /** At `info`, every span is logged too. */
  LOG_LEVEL: logLevel(),
  /**
   * How many trusted proxies append to X-Forwarded-For. The client's address is the N-th entry from the right; with 0
   * it is the address of the peer.
   */
  TRUSTED_PROXIES: integer({ default: 0, minimum: 0, maximum: 10 }),
  /** The port on which a container listens. */
  PORT: integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  /** Base URL of an OpenTelemetry collector. Spans are also sent to its `/v1/traces` as JSON. Unset: logs only. */
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(url()),
  /** Address of S3 for browsers, if services use another address. Presigned forms and links use it, in path style. */
  S3_PUBLIC_ENDPOINT: Type.Optional(url()),
  /** `true`: bucket names are in the path, not the host name. Always so with `AWS_ENDPOINT_URL`. */
  S3_FORCE_PATH_STYLE: Type.Optional(choice(['true', 'false'])),
};

const CommonSettings = Type.Object(commonSettings);

/** The configuration that every service has. */
export type CommonConfig = Static<typeof CommonSettings>;

/** The settings that logs and spans need. */
export type TelemetryConfig = Pick<
  CommonConfig,
  'SERVICE_NAME' | 'VARIANT' | 'STAGE' | 'LOG_LEVEL' | 'OTEL_EXPORTER_OTLP_ENDPOINT'
>;
