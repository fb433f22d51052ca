import { Aws, CfnMapping, type Stack } from 'aws-cdk-lib';
import { type IPeer, Peer } from 'aws-cdk-lib/aws-ec2';

/**
 * The ids of AWS's prefix list `com.amazonaws.global.cloudfront.origin-facing`, which are the same in every account
 * (AWS's template in "Limit access to your origins using the AWS-managed prefix list for Amazon CloudFront", AWS
 * Networking & Content Delivery blog). CloudFormation cannot look them up by name.
 */
const PREFIX_LIST_OF_REGION: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'pl-58a04531',
  'ap-northeast-2': 'pl-22a6434b',
  'ap-northeast-3': 'pl-31a14458',
  'ap-south-1': 'pl-9aa247f3',
  'ap-southeast-1': 'pl-31a34658',
  'ap-southeast-2': 'pl-b8a742d1',
  'ca-central-1': 'pl-38a64351',
  'eu-central-1': 'pl-a3a144ca',
  'eu-north-1': 'pl-fab65393',
  'eu-west-1': 'pl-4fa04526',
  'eu-west-2': 'pl-93a247fa',
  'eu-west-3': 'pl-75b1541c',
  'sa-east-1': 'pl-5da64334',
  'us-east-1': 'pl-3b927c52',
  'us-east-2': 'pl-b6a144df',
  'us-west-1': 'pl-4ea04527',
  'us-west-2': 'pl-82a045eb',
};

/**
 * The addresses from which CloudFront calls origins. A rule with this list counts as 55 of the 60 rules of a security
 * group ("AWS-managed prefix lists" in the Amazon VPC user guide), so a group can have only one.
 * @param id the list of a region that is not in the table
 */
export function cloudFrontPrefixList(stack: Stack, id: string | undefined): IPeer {
  if (id !== undefined) return Peer.prefixList(id);
  const rows = Object.entries(PREFIX_LIST_OF_REGION).map(
    ([region, Id]) => [region, { Id }] as const,
  );
  const lists = new CfnMapping(stack, 'CloudFrontPrefixLists', {
    mapping: Object.fromEntries(rows),
  });
  return Peer.prefixList(lists.findInMap(Aws.REGION, 'Id'));
}
