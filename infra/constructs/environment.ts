import type { ContextName } from '@triptych/context-map';
import type { Deployment } from '../deployment.ts';
import type { Place } from './place.ts';
import { spanEndpoint } from './traces.ts';
import type { Use } from './uses.ts';

/** A service to deploy: its name, its place and the resources that it uses. */
export interface ServiceProps<Name = ContextName> {
  readonly deployment: Deployment;
  readonly service: Name;
  readonly at: Place;
  readonly needs: readonly Use[];
}

/** The environment variables of a service. `forSecret` returns the variables for a secret. */
export function environment(
  { deployment, service, at, needs }: ServiceProps<string>,
  forSecret: (need: Use) => Record<string, string>,
): Record<string, string> {
  const { stage, s3PublicEndpoint, s3PathStyle } = deployment.settings;
  const otlpEndpoint = spanEndpoint(deployment.settings);
  const own = needs.map((need) => (need.secret ? forSecret(need) : { [need.name]: need.value }));
  return Object.assign(
    {
      SERVICE_NAME: service,
      VARIANT: deployment.variant,
      ...(stage === undefined ? {} : { STAGE: stage }),
      BASE_URL: at.baseUrl,
      TRUSTED_PROXIES: String(at.trustedProxies),
      ...(at.internalUrl === undefined ? {} : { INTERNAL_URL: at.internalUrl }),
      ...(s3PublicEndpoint === undefined ? {} : { S3_PUBLIC_ENDPOINT: s3PublicEndpoint }),
      ...(s3PathStyle ? { S3_FORCE_PATH_STYLE: 'true' } : {}),
      ...(otlpEndpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }),
    },
    ...own,
  );
}
