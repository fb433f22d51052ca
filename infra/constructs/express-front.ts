import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Settings } from '../settings.ts';
import { cdnPlan } from './cdn-plan.ts';
import { acknowledgeEdge, NEVER_CACHED } from './edge.ts';
import { firewall } from './firewall.ts';

/**
 * Creates the CDN that gives the services of Express Mode one address: each has a host name of its own, and the CDN chooses
 * it by the path. It caches nothing.
 * @param hosts host names by service
 */
export function expressFront(
  stack: Stack,
  settings: Settings,
  hosts: ReadonlyMap<ContextName, string>,
): void {
  const to = (service: ContextName): BehaviorOptions => ({
    origin: new HttpOrigin(hosts.get(service) ?? '', {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // The load balancer chooses the service by the Host header, so it must be the service's own.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  });
  const behaviours = CONTEXT_NAMES.map((service) => [`/${service}/*`, to(service)] as const);
  const webAclArn = settings.firewall ? firewall(stack, 'CLOUDFRONT') : undefined;
  const cdn = new Distribution(stack, 'Cdn', {
    comment: stack.stackName,
    priceClass: PriceClass.PRICE_CLASS_100,
    errorResponses: NEVER_CACHED,
    ...domain(stack, settings),
    ...(webAclArn === undefined ? {} : { webAclId: webAclArn }),
    // Every service answers 404 to a path that is not its own.
    defaultBehavior: to('auth'),
    additionalBehaviors: Object.fromEntries(behaviours),
  });
  cdnPlan(stack, settings, { cdn, webAclArn });
  acknowledgeEdge(cdn, settings.firewall, settings.certificateArn !== undefined);
  new CfnOutput(stack, 'CdnUrl', { value: `https://${cdn.distributionDomainName}` });
}

/** The name in the base URL, if there is a certificate for it. */
function domain(stack: Stack, { certificateArn, baseUrls }: Settings) {
  if (certificateArn === undefined) return {};
  return {
    domainNames: [new URL(baseUrls.microservices ?? '').hostname],
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
  };
}
