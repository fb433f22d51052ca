import type { Stack } from 'aws-cdk-lib';
import { CfnApiMapping, CfnDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Deployment } from '../deployment.ts';
import type { Domain } from '../domain-settings.ts';
import type { ApiFront } from './api-front.ts';

/** The zone of every CloudFront distribution. https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
export const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/**
 * The certificate of a shop: the one in the settings, or else a new one for the domain. CloudFormation waits until ACM has seen its
 * own record in the zone, which proves that the domain is ours.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-certificatemanager-certificate.html
 * @returns its ARN, or undefined without a domain and a certificate
 */
export function certificateFor(
  stack: Stack,
  settings: { readonly certificateArn?: string | undefined; readonly domain?: Domain | undefined },
): string | undefined {
  const { certificateArn, domain } = settings;
  if (certificateArn || !domain) return certificateArn;
  const { name: domainName, hostedZoneId } = domain;
  return new CfnCertificate(stack, 'Certificate', {
    domainName,
    validationMethod: 'DNS',
    domainValidationOptions: [{ domainName, hostedZoneId }],
  }).ref;
}

/** An AWS resource that the domain points to: its name, and the zone of its kind. */
interface AliasTarget {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** Points the domain to a resource. @param types `AAAA` where the resource has an IPv6 address */
export function pointDomainTo(
  stack: Stack,
  { name, hostedZoneId }: Domain,
  aliasTarget: AliasTarget,
  types: readonly ('A' | 'AAAA')[],
): void {
  for (const type of types) {
    new CfnRecordSet(stack, `Address${type}`, { name, hostedZoneId, type, aliasTarget });
  }
}

/**
 * Creates the domain name of the API in a stack of its own, after the stage that it shows. HTTP APIs and REST APIs can have the same
 * domain name, so a change from one to the other only changes the mapping.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export function apiDomain(deployment: Deployment, { served }: ApiFront): void {
  const { settings } = deployment;
  const { domain } = settings;
  if (!domain) return;
  const stack = deployment.stack('domain', 'the domain name of the API');
  const name = new CfnDomainName(stack, 'Name', {
    domainName: domain.name,
    domainNameConfigurations: [
      {
        certificateArn: certificateFor(stack, settings),
        endpointType: 'REGIONAL',
        securityPolicy: 'TLS_1_2',
      },
    ],
  });
  const { apiId, stage } = served();
  new CfnApiMapping(stack, 'Mapping', { domainName: name.ref, apiId, stage });
  const target = {
    dnsName: name.attrRegionalDomainName,
    hostedZoneId: name.attrRegionalHostedZoneId,
  };
  pointDomainTo(stack, domain, target, ['A']);
}
