import { Aws } from 'aws-cdk-lib';
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '../settings.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * Where services send their spans over OTLP/HTTP: the collector of the settings, or X-Ray's endpoint, which the services
 * sign their requests to. Undefined: spans are only logged.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
 */
export function spanEndpoint({ otlpEndpoint, xray }: Settings): string | undefined {
  return otlpEndpoint ?? (xray ? `https://xray.${Aws.REGION}.amazonaws.com` : undefined);
}

/** The reason why roles may write traces of everything. */
const NO_RESOURCE = 'Traces have no resource.';

/** Lets tasks write traces. CDK gives a traced function the same permissions. */
export function allowTraces(role: IRole, { xray }: Settings): void {
  if (!xray) return;
  const actions = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];
  Grant.addToPrincipal({ grantee: role, actions, resourceArns: ['*'] });
  acknowledge(role, { 'IAM5[Resource::*]': NO_RESOURCE });
}

/** Accepts the permission that CDK gives to the role of a traced function. */
export function acknowledgeTraces(role: IRole, { xray }: Settings): void {
  if (xray) acknowledge(role, { 'IAM5[Resource::*]': NO_RESOURCE });
}
