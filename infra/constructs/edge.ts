import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
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
import { root } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';

interface Origins {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly renditions: IBucket;
  readonly images: FunctionUrl;
}

/** The CDN before the core's load balancer and the images; returns its address. */
export function edge(stack: Stack, { loadBalancer, renditions, images }: Origins): string {
  const resize = FunctionUrlOrigin.withOriginAccessControl(images);
  const cdn = new Distribution(stack, 'Cdn', {
    comment: stack.stackName,
    priceClass: PriceClass.PRICE_CLASS_100,
    defaultBehavior: {
      // Plain HTTP inside the network; viewers speak HTTPS to the CDN.
      origin: VpcOrigin.withApplicationLoadBalancer(loadBalancer, {
        protocolPolicy: OriginProtocolPolicy.HTTP_ONLY,
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
    },
    additionalBehaviors: {
      '/images/*/w*': resizedImages(stack, renditions, resize),
      '/images/*': {
        origin: resize,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
    },
  });
  acknowledge(cdn, {
    CFR1: 'The shop sells everywhere.',
    CFR2: 'A firewall costs more a month than the shop; log-ins are limited by the service.',
    CFR3: 'Access logs need a bucket of their own that outlives the variant; the services log requests.',
    CFR4: "The CDN's own name comes with its own certificate, whose protocol cannot be chosen.",
    CFR5: 'The load balancer is spoken to inside the network, the bucket and the function over TLS 1.2.',
  });
  return `https://${cdn.distributionDomainName}`;
}

/** Asks the bucket first. On a miss (403, or 404), the function makes the rendition, stores it and answers with it. */
function resizedImages(
  stack: Stack,
  renditions: IBucket,
  resize: ReturnType<typeof FunctionUrlOrigin.withOriginAccessControl>,
): BehaviorOptions {
  return {
    origin: new OriginGroup({
      primaryOrigin: S3BucketOrigin.withOriginAccessControl(renditions),
      fallbackOrigin: resize,
      fallbackStatusCodes: [403, 404],
    }),
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    // Not the ready-made policy: it keeps every answer for a second, also a redirect that says `no-store`.
    cachePolicy: new CachePolicy(stack, 'ImageCache', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.days(1),
      maxTtl: Duration.days(365),
    }),
    responseHeadersPolicy: imageHeaders(stack),
    functionAssociations: [
      {
        eventType: FunctionEventType.VIEWER_REQUEST,
        function: edgeFunction(stack, 'ViewerRequest', 'viewer-request.js'),
      },
      {
        eventType: FunctionEventType.VIEWER_RESPONSE,
        function: edgeFunction(stack, 'ViewerResponse', 'viewer-response.js'),
      },
    ],
  };
}

function edgeFunction(stack: Stack, id: string, file: string): EdgeFunction {
  const filePath = join(root, 'libs/images/edge', file);
  const code = FunctionCode.fromFile({ filePath });
  // The default is 1.0, which rejects const and arrow functions.
  return new EdgeFunction(stack, id, { code, runtime: FunctionRuntime.JS_2_0 });
}

/** CORS and security headers of cached images, which no service sees again. */
function imageHeaders(stack: Stack): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(stack, 'ImageHeaders', {
    corsBehavior: {
      accessControlAllowOrigins: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD'],
      accessControlAllowHeaders: ['*'],
      accessControlAllowCredentials: false,
      originOverride: true,
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
