import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  type ErrorResponse,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  FunctionUrlOriginAccessControl,
  HeadersFrameOption,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront';
import {
  FunctionUrlOrigin,
  OriginGroup,
  S3BucketOrigin,
  VpcOrigin,
} from 'aws-cdk-lib/aws-cloudfront-origins';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { ROOT } from '../deployment.ts';
import type { Settings } from '../settings.ts';
import { acknowledge } from './acknowledge.ts';
import { RENDITIONS_ORIGIN_PATH } from './buckets.ts';
import { cdnPlan } from './cdn-plan.ts';
import { CLOUDFRONT_ZONE, certificateFor, pointDomainTo } from './domain.ts';
import { firewall } from './firewall.ts';

interface Origins {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly renditions: IBucket;
  readonly images: FunctionUrl;
}

const NO_FIREWALL =
  'A firewall costs more per month than the shop. The service limits log-in attempts.';
const NO_ACCESS_LOG =
  'Access logs would need a bucket that outlives the variant. The services log requests.';
const FIXED_TLS_POLICY =
  "The CDN's default domain has a default certificate with a fixed TLS policy.";

/** Every error whose caching CloudFront lets a distribution choose. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/**
 * By default, CloudFront caches errors for 10 s, whatever their Cache-Control says. A picture that is uploaded after a
 * request for it, or a service that recovers, would stay an error for that time.
 */
export const NEVER_CACHED: ErrorResponse[] = ERRORS.map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

/** Creates the CDN in front of the core's load balancer and the images. Returns its address, or that of the domain in the settings. */
export function edge(
  stack: Stack,
  { loadBalancer, renditions, images }: Origins,
  settings: Settings,
): string {
  const { domain } = settings;
  const webAclArn = settings.firewall ? firewall(stack, 'CLOUDFRONT') : undefined;
  const certificateArn = domain && certificateFor(stack, settings);
  const resize = FunctionUrlOrigin.withOriginAccessControl(images, {
    originAccessControl: new FunctionUrlOriginAccessControl(stack, 'ImagesAccess', {
      originAccessControlName: nameInRegion(stack, 'images'),
    }),
  });
  const viewerRequest = {
    eventType: FunctionEventType.VIEWER_REQUEST,
    function: edgeFunction(stack, 'ViewerRequest', 'viewer-request.js'),
  };
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
    defaultBehavior: {
      // Plain HTTP inside the network. Viewers use HTTPS to the CDN.
      origin: VpcOrigin.withApplicationLoadBalancer(loadBalancer, {
        vpcOriginName: nameInRegion(stack, 'core'),
        protocolPolicy: OriginProtocolPolicy.HTTP_ONLY,
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
    },
    additionalBehaviors: {
      '/images/*/w*': resizedImages(stack, renditions, resize, viewerRequest),
      '/images/*': {
        origin: resize,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: [viewerRequest],
      },
    },
  });
  cdnPlan(stack, settings, { cdn, webAclArn });
  acknowledgeEdge(cdn, settings.firewall, domain !== undefined);
  acknowledge(cdn, {
    CFR5: 'Requests to the load balancer stay inside the network. Bucket and function use TLS 1.2.',
  });
  if (!domain) return `https://${cdn.distributionDomainName}`;
  const target = { dnsName: cdn.distributionDomainName, hostedZoneId: CLOUDFRONT_ZONE };
  pointDomainTo(stack, domain, target, ['A', 'AAAA']);
  return `https://${domain.name}`;
}

/** Accepts the findings on a CDN of ours: no access log, and no firewall or domain of its own unless there is one. */
export function acknowledgeEdge(cdn: Distribution, hasFirewall: boolean, hasDomain: boolean): void {
  acknowledge(cdn, {
    CFR1: 'The shop sells worldwide.',
    CFR3: NO_ACCESS_LOG,
    CKV_AWS_86: NO_ACCESS_LOG,
    ...(hasFirewall ? {} : { CFR2: NO_FIREWALL, CKV_AWS_68: NO_FIREWALL }),
    ...(hasDomain ? {} : { CFR4: FIXED_TLS_POLICY, CKV_AWS_174: FIXED_TLS_POLICY }),
  });
}

/** A name of a CloudFront resource. CloudFront is global, so a second region or stage needs other names. At most 64 characters. */
export function nameInRegion(stack: Stack, name: string): string {
  return `${stack.stackName}-${stack.region}-${name}`;
}

/** Asks the bucket first. On a miss (403, or 404), the function makes the rendition, stores it and answers with it. */
function resizedImages(
  stack: Stack,
  renditions: IBucket,
  resize: ReturnType<typeof FunctionUrlOrigin.withOriginAccessControl>,
  viewerRequest: FunctionAssociation,
): BehaviorOptions {
  return {
    origin: new OriginGroup({
      primaryOrigin: S3BucketOrigin.withOriginAccessControl(renditions, {
        originPath: RENDITIONS_ORIGIN_PATH,
        originAccessControl: new S3OriginAccessControl(stack, 'RenditionsAccess', {
          originAccessControlName: nameInRegion(stack, 'renditions'),
        }),
      }),
      fallbackOrigin: resize,
      fallbackStatusCodes: [403, 404],
    }),
    // The viewer-request function answers OPTIONS. CloudFront allows no other methods with an origin group.
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    // The managed policy would cache every response for a second, even a redirect with `no-store`.
    cachePolicy: new CachePolicy(stack, 'ImageCache', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.days(1),
      maxTtl: Duration.days(365),
    }),
    responseHeadersPolicy: imageHeaders(stack),
    functionAssociations: [
      viewerRequest,
      {
        eventType: FunctionEventType.VIEWER_RESPONSE,
        function: edgeFunction(stack, 'ViewerResponse', 'viewer-response.js'),
      },
    ],
  };
}

function edgeFunction(stack: Stack, id: string, file: string): EdgeFunction {
  const filePath = join(ROOT, 'libs/images/edge', file);
  const code = FunctionCode.fromFile({ filePath });
  // The default is 1.0, which rejects const and arrow functions.
  return new EdgeFunction(stack, id, { code, runtime: FunctionRuntime.JS_2_0 });
}

/**
 * CORS and security headers of images from the bucket, because no service handles these requests. Without `originOverride`,
 * the CORS headers of the image function and of the viewer-request function take precedence.
 */
function imageHeaders(stack: Stack): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(stack, 'ImageHeaders', {
    responseHeadersPolicyName: nameInRegion(stack, 'headers'),
    corsBehavior: {
      accessControlAllowOrigins: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
      accessControlAllowHeaders: ['*'],
      accessControlExposeHeaders: ['allow', 'etag', 'location', 'retry-after', 'x-request-id'],
      accessControlAllowCredentials: false,
      originOverride: false,
    },
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(365),
        includeSubdomains: true,
        override: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Cross-Origin-Resource-Policy', value: 'cross-origin', override: true },
      ],
    },
  });
}
