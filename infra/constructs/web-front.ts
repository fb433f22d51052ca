import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  CfnOriginAccessControl,
  Distribution,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Settings } from '../settings.ts';
import { cdnPlan } from './cdn-plan.ts';
import { CLOUDFRONT_ZONE, certificateFor, pointDomainTo } from './domain.ts';
import { acknowledgeEdge, NEVER_CACHED, nameInRegion } from './edge.ts';
import { firewall } from './firewall.ts';

/** The header of the secret. A test compares it with the one that the services check. */
export const EDGE_HEADER = 'x-triptych-edge';

interface WebFront {
  /** Domain names of the endpoints by service. */
  readonly endpoints: ReadonlyMap<ContextName, string>;
  /** What the CDN sends to the services. Absent: it signs its requests instead. */
  readonly secret?: ISecret | undefined;
}

/**
 * Creates the CDN that gives the Web Functions one address: each has a domain of its own, and the CDN chooses it by the first
 * segment of the path. Returns its address, or that of the domain in the settings.
 * https://docs.aws.amazon.com/lambda/latest/dg/web-functions-networking.html
 */
export function webFront(
  stack: Stack,
  settings: Settings,
  { endpoints, secret }: WebFront,
): string {
  const { domain } = settings;
  const cachePolicy = keepsAuthorization(stack);
  const originAccessControlId = secret ? undefined : signing(stack);
  const to = (service: ContextName): BehaviorOptions => ({
    origin: new HttpOrigin(endpoints.get(service) ?? '', {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      ...(secret && {
        // A dynamic reference: the template does not contain the value.
        customHeaders: { [EDGE_HEADER]: secret.secretValue.unsafeUnwrap() },
      }),
      ...(originAccessControlId && { originAccessControlId }),
    }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    // Pictures need no token, and which format is sent depends on a header that is not in the key.
    cachePolicy: service === 'images' ? CachePolicy.CACHING_DISABLED : cachePolicy,
    // An endpoint answers 404 to every Host but its own.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  });
  const webAclArn = settings.firewall ? firewall(stack, 'CLOUDFRONT') : undefined;
  const certificateArn = domain && certificateFor(stack, settings);
  const cdn = new Distribution(stack, 'Cdn', {
    comment: stack.stackName,
    priceClass: PriceClass.PRICE_CLASS_100,
    errorResponses: NEVER_CACHED,
    ...(webAclArn === undefined ? {} : { webAclId: webAclArn }),
    ...(certificateArn && {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(stack, 'CdnCertificate', certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    }),
    // Every service answers 404 to a path that is not its own.
    defaultBehavior: to('auth'),
    additionalBehaviors: Object.fromEntries(
      CONTEXT_NAMES.map((service) => [`/${service}/*`, to(service)] as const),
    ),
  });
  cdnPlan(stack, settings, { cdn, webAclArn });
  acknowledgeEdge(cdn, settings.firewall, domain !== undefined);
  const url = `https://${cdn.distributionDomainName}`;
  new CfnOutput(stack, 'CdnUrl', { value: url });
  if (!domain) return url;
  const target = { dnsName: cdn.distributionDomainName, hostedZoneId: CLOUDFRONT_ZONE };
  pointDomainTo(stack, domain, target, ['A', 'AAAA']);
  return `https://${domain.name}`;
}

/**
 * Forwards the viewer's `Authorization`, which CloudFront drops from GET and HEAD unless the cache key has it. A policy whose
 * times are all 0 cannot have headers in the key, hence one second at most, and only for a response that allows it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-forward-authorization
 */
function keepsAuthorization(stack: Stack): CachePolicy {
  return new CachePolicy(stack, 'ApiCache', {
    cachePolicyName: nameInRegion(stack, 'api'),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    headerBehavior: CacheHeaderBehavior.allowList('Authorization'),
    queryStringBehavior: CacheQueryStringBehavior.all(),
  });
}

/**
 * Makes the CDN sign its requests. Only `always-amz-auth` keeps the viewer's `Authorization`: the signature moves to another header.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
function signing(stack: Stack): string {
  return new CfnOriginAccessControl(stack, 'WebAccess', {
    originAccessControlConfig: {
      name: nameInRegion(stack, 'web'),
      originAccessControlOriginType: 'lambda',
      signingBehavior: 'always-amz-auth',
      signingProtocol: 'sigv4',
    },
  }).attrId;
}
