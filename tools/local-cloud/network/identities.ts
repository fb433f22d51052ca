import { createHash } from 'node:crypto';
import type { CreatedResource, ResourceContext } from '../kernel.ts';

type Identity = (context: ResourceContext) => CreatedResource;

/** The values of `Ref` and `Fn::GetAtt` of each type of resource in a network. */
const IDENTITIES = {
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': onlyId('sgr', 'Id'),
  'AWS::EC2::SecurityGroupEgress': onlyId('sgr', 'Id'),
  'AWS::EC2::PrefixList': onlyId('pl', 'PrefixListId'),
  'AWS::EC2::InternetGateway': onlyId('igw', 'InternetGatewayId'),
  'AWS::EC2::VPCGatewayAttachment': onlyId('attach', 'AttachmentType'),
  'AWS::EC2::NatGateway': onlyId('nat', 'NatGatewayId'),
  'AWS::EC2::EIP': onlyId('eipalloc', 'AllocationId'),
  'AWS::EC2::RouteTable': onlyId('rtb', 'RouteTableId'),
  'AWS::EC2::Route': onlyId('r', 'CidrBlock'),
  'AWS::EC2::SubnetRouteTableAssociation': onlyId('rtbassoc', 'Id'),
  'AWS::EC2::VPCEndpoint': onlyId('vpce', 'Id'),
} as const satisfies Record<string, Identity>;

/** A resource type of a network. */
export type NetworkType = keyof typeof IDENTITIES;

/** The identity of a resource, or undefined when its type is not one of a network. */
export function networkIdentity(
  type: string,
  context: ResourceContext,
): CreatedResource | undefined {
  return Object.hasOwn(IDENTITIES, type) ? IDENTITIES[type as NetworkType](context) : undefined;
}

function vpc(context: ResourceContext): CreatedResource {
  const VpcId = ec2Id('vpc', context);
  return {
    physicalId: VpcId,
    attributes: {
      VpcId,
      CidrBlock: context.properties.CidrBlock,
      DefaultSecurityGroup: ec2Id('sg', context),
      DefaultNetworkAcl: ec2Id('acl', context),
    },
  };
}

function subnet(context: ResourceContext): CreatedResource {
  const SubnetId = ec2Id('subnet', context);
  const { AvailabilityZone, CidrBlock, VpcId } = context.properties;
  return { physicalId: SubnetId, attributes: { SubnetId, AvailabilityZone, CidrBlock, VpcId } };
}

function securityGroup(context: ResourceContext): CreatedResource {
  const GroupId = ec2Id('sg', context);
  return { physicalId: GroupId, attributes: { GroupId, VpcId: context.properties.VpcId } };
}

/** The identity of a type whose only attribute is its own id. */
function onlyId(prefix: string, attribute: string): Identity {
  return (context) => {
    const id = ec2Id(prefix, context);
    return { physicalId: id, attributes: { [attribute]: id } };
  };
}

/** An id that is unique to a resource and the same in every run. */
function ec2Id(prefix: string, { stack, logicalId }: ResourceContext): string {
  const hash = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
  return `${prefix}-${hash.slice(0, 17)}`;
}
