import { createHash } from 'node:crypto';
import type { CreatedResource, ResourceContext } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';

/** A type that is accepted with any properties and does nothing here; others may still refer to it. */
export interface IgnoredType {
  readonly type: string;
  readonly reason: string;
  /** What `Ref` and `Fn::GetAtt` give; without it a generated name and no attributes. */
  readonly identity?: (context: ResourceContext) => CreatedResource;
}

const noPermissions = 'permissions are not enforced';
const oneNetwork = 'everything runs on the loopback interface; there is no network to cut up';
const noMetrics = 'there are no metrics to watch';
const logsGoToSink = 'output goes to the log sink, whole and without retention';

/** The one table of types without effect. */
export const ignoredTypes: readonly IgnoredType[] = [
  { type: 'AWS::IAM::Role', reason: noPermissions, identity: role },
  { type: 'AWS::IAM::Policy', reason: noPermissions },
  { type: 'AWS::SQS::QueuePolicy', reason: noPermissions },
  { type: 'AWS::Logs::LogGroup', reason: logsGoToSink, identity: logGroup },
  { type: 'AWS::CloudWatch::Alarm', reason: noMetrics, identity: alarm },
  { type: 'AWS::EC2::VPC', reason: oneNetwork, identity: vpc },
  { type: 'AWS::EC2::Subnet', reason: oneNetwork, identity: subnet },
  { type: 'AWS::EC2::SecurityGroup', reason: oneNetwork, identity: securityGroup },
  { type: 'AWS::EC2::SecurityGroupIngress', reason: oneNetwork, identity: ec2('sgr', 'Id') },
  {
    type: 'AWS::EC2::InternetGateway',
    reason: oneNetwork,
    identity: ec2('igw', 'InternetGatewayId'),
  },
  { type: 'AWS::EC2::VPCGatewayAttachment', reason: oneNetwork },
  { type: 'AWS::EC2::RouteTable', reason: oneNetwork, identity: ec2('rtb', 'RouteTableId') },
  { type: 'AWS::EC2::Route', reason: oneNetwork },
  {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
    reason: oneNetwork,
    identity: ec2('rtbassoc', 'Id'),
  },
  { type: 'AWS::EC2::VPCEndpoint', reason: oneNetwork, identity: ec2('vpce', 'Id') },
];

function role(context: ResourceContext): CreatedResource {
  const name = nameOf(context, 'RoleName');
  const Arn = context.kernel.arn('iam', `role${context.properties.Path ?? '/'}${name}`);
  return { physicalId: name, attributes: { Arn, RoleId: `AROA${hex(context, 16).toUpperCase()}` } };
}

function logGroup(context: ResourceContext): CreatedResource {
  const name = nameOf(context, 'LogGroupName');
  const Arn = context.kernel.arn('logs', `log-group:${name}:*`);
  return { physicalId: name, attributes: { Arn } };
}

function alarm(context: ResourceContext): CreatedResource {
  const name = nameOf(context, 'AlarmName');
  const Arn = context.kernel.arn('cloudwatch', `alarm:${name}`);
  return { physicalId: name, attributes: { Arn } };
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

/** A type whose only attribute is its own id. */
function ec2(prefix: string, attribute: string): (context: ResourceContext) => CreatedResource {
  return (context) => {
    const id = ec2Id(prefix, context);
    return { physicalId: id, attributes: { [attribute]: id } };
  };
}

function ec2Id(prefix: string, context: ResourceContext): string {
  return `${prefix}-${hex(context, 17)}`;
}

function nameOf(context: ResourceContext, property: string): string {
  const given = context.properties[property];
  return typeof given === 'string' ? given : physicalName(context.stack, context.logicalId);
}

/** Hex digits that differ for each resource but not from run to run. */
function hex(context: ResourceContext, length: number): string {
  const identity = `${context.stack}/${context.logicalId}`;
  return createHash('sha256').update(identity).digest('hex').slice(0, length);
}
