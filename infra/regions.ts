import type { HttpMode, Variant } from '@triptych/context-map';
import type { PlaceSettings } from './place-settings.ts';

/** The settings that decide what a region must have. */
interface Settings extends PlaceSettings {
  readonly variants: readonly Variant[];
  readonly provider: 'simulator' | 'stripe';
  readonly cdn: boolean;
  readonly http: HttpMode;
}

/**
 * Regions without function URLs, which the simulated provider and the hybrid's images need.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html, in a copy of AWS's documentation read on 2026-11-30
 */
export const REGIONS_WITHOUT_FUNCTION_URLS: readonly string[] = [
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
];

/**
 * Regions with VPC origins, which connect the hybrid's CDN to its load balancer. An entry with a value lacks one zone. AWS names it
 * by its ID, because its name differs between accounts.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html#vpc-origins-supported-regions,
 * in a copy of AWS's documentation read on 2026-11-30
 */
export const REGIONS_WITH_VPC_ORIGINS: ReadonlyMap<string, string | undefined> = new Map([
  ...[
    ...['us-east-2', 'us-west-2', 'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-1'],
    ...['ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
    ...['ap-southeast-5', 'ap-southeast-7', 'ap-northeast-2', 'ap-northeast-3', 'ca-west-1'],
    ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1'],
    ...['eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1'],
    'sa-east-1',
  ].map((region) => [region, undefined] as const),
  ['us-east-1', 'use1-az3'],
  ['us-west-1', 'usw1-az2'],
  ['ap-northeast-1', 'apne1-az3'],
  ['ca-central-1', 'cac1-az3'],
]);

/**
 * Regions with Lambda Web Functions, as AWS's draft of a Terraform provider listed them in August 2026. There may be more by now.
 */
export const REGIONS_WITH_WEB_FUNCTIONS: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1', 'ap-northeast-1'],
  ...['ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/** What the variants need and their region lacks, one line each. Without a region in the settings there is nothing to check. */
export function regionFaults(settings: Settings): string[] {
  const { region, zones } = settings;
  if (zones && region !== undefined && !zones.every((zone) => zone.startsWith(region))) {
    return [`TRIPTYCH_ZONES are not zones of TRIPTYCH_REGION=${region}: ${zones.join(', ')}`];
  }
  if (region === undefined) return [];
  return [
    ...functionUrlFaults(settings, region),
    ...vpcOriginFaults(settings, region),
    ...webFunctionFaults(settings, region),
  ];
}

function functionUrlFaults({ variants, provider }: Settings, region: string): string[] {
  if (!REGIONS_WITHOUT_FUNCTION_URLS.includes(region)) return [];
  const users = [
    ...(provider === 'simulator' ? ['the simulated provider (TRIPTYCH_PROVIDER=simulator)'] : []),
    ...(variants.includes('hybrid') ? ["the hybrid's images"] : []),
  ];
  if (users.length === 0) return [];
  return [`TRIPTYCH_REGION=${region} has no function URLs, which ${users.join(' and ')} need`];
}

function vpcOriginFaults({ variants, cdn, zones }: Settings, region: string): string[] {
  if (!variants.includes('hybrid') || !cdn) return [];
  if (!REGIONS_WITH_VPC_ORIGINS.has(region)) {
    return [`TRIPTYCH_REGION=${region} has no VPC origins, which the hybrid's CDN needs`];
  }
  const lacking = REGIONS_WITH_VPC_ORIGINS.get(region);
  if (lacking === undefined || zones) return [];
  return [
    `TRIPTYCH_REGION=${region} has no VPC origins in the zone ${lacking}: choose two other zones with TRIPTYCH_ZONES ` +
      '(aws ec2 describe-availability-zones lists names and IDs)',
  ];
}

function webFunctionFaults({ variants, http }: Settings, region: string): string[] {
  if (http !== 'web-functions' || !variants.includes('serverless')) return [];
  if (REGIONS_WITH_WEB_FUNCTIONS.includes(region)) return [];
  return [
    `TRIPTYCH_REGION=${region} has no Web Functions, as far as is known: TRIPTYCH_HTTP=event-functions works there`,
  ];
}
