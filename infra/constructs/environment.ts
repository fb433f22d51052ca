import type { ContextName } from '@triptych/context-map';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Deployment } from '../deployment.ts';
import type { Place } from './place.ts';
import { spanEndpoint } from './traces.ts';
import type { Part, Use } from './uses.ts';

/** A service to deploy: its name, its place and the resources that it uses. */
export interface ServiceProps<Name = ContextName> {
  readonly deployment: Deployment;
  readonly service: Name;
  readonly at: Place;
  readonly needs: readonly Use[];
}

/** Allows a service to use what it needs, and to read its base URL if that is stored. */
export function grantNeeds({ needs, at }: ServiceProps<string>, role: IRole, part: Part): void {
  for (const need of needs) need.grantTo(role, part);
  if (typeof at.baseUrl !== 'string') at.baseUrl.grantTo(role, part);
}

/** The environment variables of a service. `forSecret` returns the variables for a secret. */
export function environment(
  { deployment, service, at, needs }: ServiceProps<string>,
  forSecret: (need: Use) => Record<string, string>,
): Record<string, string> {
  const { stage, s3PublicEndpoint, s3PathStyle } = deployment.settings;
  const otlpEndpoint = spanEndpoint(deployment.settings);
  const ofUse = (use: Use) => (use.secret ? forSecret(use) : { [use.name]: use.value });
  return Object.assign(
    {
      SERVICE_NAME: service,
      VARIANT: deployment.variant,
      ...(stage === undefined ? {} : { STAGE: stage }),
      ...(typeof at.baseUrl === 'string' ? { BASE_URL: at.baseUrl } : ofUse(at.baseUrl)),
      TRUSTED_PROXIES: String(at.trustedProxies),
      ...(at.internalUrl === undefined ? {} : { INTERNAL_URL: at.internalUrl }),
      ...(s3PublicEndpoint === undefined ? {} : { S3_PUBLIC_ENDPOINT: s3PublicEndpoint }),
      ...(s3PathStyle ? { S3_FORCE_PATH_STYLE: 'true' } : {}),
      ...(otlpEndpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }),
    },
    ...needs.map(ofUse),
  );
}
