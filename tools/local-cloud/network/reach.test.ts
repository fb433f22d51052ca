import { describe, expect, it } from 'vitest';
import {
  callerFault,
  internetFault,
  peerFault,
  publicBalancerFault,
  serviceFault,
  vpcOriginFault,
} from './reach.ts';
import {
  defaultRoute,
  ec2,
  type MadeNetwork,
  makeNetwork,
  type Resources,
  ref,
  SMALL_NETWORK,
  subnet,
  tcp,
} from './testing/small-network.ts';

/** Groups and their rules: `Tasks` and `Balancer` of the small network, with other rules. */
function group(ingress: unknown[], egress?: unknown[]) {
  return ec2('SecurityGroup', {
    VpcId: ref('Vpc'),
    SecurityGroupIngress: ingress,
    ...(egress === undefined ? {} : { SecurityGroupEgress: egress }),
  });
}

const EVERYWHERE = { CidrIp: '0.0.0.0/0' };
const SERVICE = 'com.amazonaws.us-east-1.';
const S3_LIST = 'pl-63a5400a';
const CLOUDFRONT_LIST = 'pl-3b927c52';

const gatewayEndpoint = (service: string, table: string) =>
  ec2('VPCEndpoint', {
    VpcId: ref('Vpc'),
    ServiceName: `${SERVICE}${service}`,
    VpcEndpointType: 'Gateway',
    RouteTableIds: [ref(table)],
  });

const interfaceEndpoint = (service: string, properties = {}) =>
  ec2('VPCEndpoint', {
    VpcId: ref('Vpc'),
    ServiceName: `${SERVICE}${service}`,
    VpcEndpointType: 'Interface',
    PrivateDnsEnabled: true,
    SubnetIds: [ref('Isolated')],
    SecurityGroupIds: [ref('Endpoints')],
    ...properties,
  });

const ENDPOINTS = { Endpoints: group([tcp(443, { SourceSecurityGroupId: ref('Tasks') })]) };

interface Case {
  readonly title: string;
  /** Resources besides the small network, or in place of its resources. */
  readonly with?: Resources;
  readonly fault: (network: MadeNetwork) => string | undefined;
  /** The reason, or nothing when the connection is possible. */
  readonly reason?: RegExp;
}

async function check({ with: more = {}, fault, reason }: Case): Promise<void> {
  const found = fault(await makeNetwork({ ...SMALL_NETWORK, ...more }));
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(reason);
}

/** From a task in a subnet to a service. */
const toService =
  (service: string, subnetName: string, hasPublicIp = false) =>
  ({ topology, place }: MadeNetwork) =>
    serviceFault(topology, place('the task', [subnetName], ['Tasks'], hasPublicIp), service);

describe('a task reaches a service of AWS', () => {
  const cases: Case[] = [
    {
      title: 'with a public address behind an internet gateway',
      fault: toService('sqs', 'Public', true),
    },
    {
      title: 'not without a public address behind an internet gateway',
      fault: toService('sqs', 'Public'),
      reason:
        /^the task in subnet net\/Public does not reach sqs: it has no public IP address, which internet gateway net\/Gateway requires/,
    },
    {
      title: 'not from an isolated subnet',
      fault: toService('sqs', 'Isolated', true),
      reason:
        /route table net\/IsolatedTable has no route to 0\.0\.0\.0\/0, and net\/Vpc has no endpoint for sqs/,
    },
    {
      title: 'not from a subnet without a route table of its own',
      with: { Bare: ec2('Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' }) },
      fault: toService('sqs', 'Bare', true),
      reason: /subnet net\/Bare has no route table of its own/,
    },
    {
      title: 'not through an internet gateway of another VPC',
      with: {
        Attachment: ec2('VPCGatewayAttachment', {
          VpcId: ref('Other'),
          InternetGatewayId: ref('Gateway'),
        }),
        Other: ec2('VPC', { CidrBlock: '10.1.0.0/16' }),
      },
      fault: toService('sqs', 'Public', true),
      reason: /net\/Gateway is not attached to the VPC of route table net\/PublicTable/,
    },
    {
      title: 'through a NAT gateway in a public subnet, without a public address',
      with: {
        Nat: ec2('NatGateway', { SubnetId: ref('Public'), AllocationId: 'eipalloc-1' }),
        ...defaultRoute('Isolated', { NatGatewayId: ref('Nat') }),
      },
      fault: toService('sqs', 'Isolated'),
    },
    {
      title: 'not through a NAT gateway in an isolated subnet',
      with: {
        ...subnet('Inner', '10.0.3.0/24'),
        Nat: ec2('NatGateway', { SubnetId: ref('Inner') }),
        ...defaultRoute('Isolated', { NatGatewayId: ref('Nat') }),
      },
      fault: toService('sqs', 'Isolated'),
      reason:
        /NAT gateway net\/Nat does not reach the internet: its route table net\/InnerTable has no route/,
    },
    {
      title: 'not through a private NAT gateway',
      with: {
        Nat: ec2('NatGateway', { SubnetId: ref('Public'), ConnectivityType: 'private' }),
        ...defaultRoute('Isolated', { NatGatewayId: ref('Nat') }),
      },
      fault: toService('sqs', 'Isolated'),
      reason: /NAT gateway net\/Nat is private/,
    },
    {
      title: 'through a gateway endpoint in the route table of its subnet',
      with: { S3: gatewayEndpoint('s3', 'IsolatedTable') },
      fault: toService('s3', 'Isolated'),
    },
    {
      title: 'not through a gateway endpoint in another route table',
      with: { S3: gatewayEndpoint('s3', 'PublicTable') },
      fault: toService('s3', 'Isolated'),
      reason: /no endpoint for s3 that it can use/,
    },
    {
      title: 'not through a gateway endpoint for another service',
      with: { S3: gatewayEndpoint('s3', 'IsolatedTable') },
      fault: toService('dynamodb', 'Isolated'),
      reason: /no endpoint for dynamodb/,
    },
    {
      title: 'through a gateway endpoint, with an egress rule for its prefix list only',
      with: {
        S3: gatewayEndpoint('s3', 'IsolatedTable'),
        Tasks: group([], [tcp(443, { DestinationPrefixListId: S3_LIST })]),
      },
      fault: toService('s3', 'Isolated'),
    },
    {
      title: 'not with an egress rule for the prefix list of another service',
      with: {
        Items: gatewayEndpoint('dynamodb', 'IsolatedTable'),
        Tasks: group([], [tcp(443, { DestinationPrefixListId: S3_LIST })]),
      },
      fault: toService('dynamodb', 'Isolated'),
      reason:
        /security group net\/Tasks has no egress rule for TCP 443 to the public addresses of dynamodb/,
    },
    {
      title: 'not with an egress rule for another port',
      with: { Tasks: group([], [tcp(80, EVERYWHERE)]) },
      fault: toService('sqs', 'Public', true),
      reason: /no egress rule for TCP 443/,
    },
    {
      title: 'not when the template replaces the rule that allows everything out',
      with: { Tasks: group([], []) },
      fault: toService('sqs', 'Public', true),
      reason: /no egress rule/,
    },
    {
      title: 'through an interface endpoint whose group admits it',
      with: { ...ENDPOINTS, Queues: interfaceEndpoint('sqs') },
      fault: toService('sqs', 'Isolated'),
    },
    {
      title: 'through an interface endpoint in another subnet of the VPC',
      with: { ...ENDPOINTS, Queues: interfaceEndpoint('sqs') },
      fault: toService('sqs', 'Public'),
    },
    {
      title: 'not through an interface endpoint whose group does not admit it',
      with: { Endpoints: group([]), Queues: interfaceEndpoint('sqs') },
      fault: toService('sqs', 'Isolated'),
      reason: /security group net\/Endpoints has no ingress rule for TCP 443 from the task/,
    },
    {
      title:
        'not past an interface endpoint that does not admit it, because the name resolves to the endpoint',
      with: { Endpoints: group([]), Queues: interfaceEndpoint('sqs') },
      fault: toService('sqs', 'Public', true),
      reason: /net\/Endpoints has no ingress rule/,
    },
    {
      title: 'not through an interface endpoint without private DNS',
      with: { ...ENDPOINTS, Queues: interfaceEndpoint('sqs', { PrivateDnsEnabled: false }) },
      fault: toService('sqs', 'Isolated'),
      reason: /no endpoint for sqs that it can use/,
    },
    {
      title: 'not through private DNS in a VPC without DNS host names',
      with: {
        ...ENDPOINTS,
        Vpc: ec2('VPC', { CidrBlock: '10.0.0.0/16' }),
        Queues: interfaceEndpoint('sqs'),
      },
      fault: toService('sqs', 'Isolated'),
      reason: /no endpoint for sqs that it can use/,
    },
    {
      title: 'only when all of its subnets do',
      fault: ({ topology, place }) =>
        serviceFault(topology, place('the task', ['Public', 'Isolated'], ['Tasks'], true), 'sqs'),
      reason: /^the task in subnet net\/Isolated does not reach sqs/,
    },
  ];
  it.each(cases)('$title', check);
});

describe('a task reaches the internet', () => {
  const to =
    (subnetName: string, port = 443, address?: string) =>
    ({ topology, place }: MadeNetwork) =>
      internetFault(
        topology,
        place('the task', [subnetName], ['Tasks'], true),
        { name: 'api.example', ...(address === undefined ? {} : { address }) },
        port,
      );
  const narrowRoute = (target: Record<string, unknown>): Resources => ({
    Narrow: ec2('Route', {
      RouteTableId: ref('PublicTable'),
      DestinationCidrBlock: '203.0.113.0/24',
      ...target,
    }),
  });
  const cases: Case[] = [
    { title: 'from a public subnet', fault: to('Public') },
    {
      title: 'not from an isolated subnet',
      fault: to('Isolated'),
      reason: /no route to 0\.0\.0\.0\/0/,
    },
    {
      title: 'not through a gateway endpoint, which serves its service only',
      with: { S3: gatewayEndpoint('s3', 'IsolatedTable') },
      fault: to('Isolated'),
      reason: /no route to 0\.0\.0\.0\/0/,
    },
    {
      title: 'not by a more specific route that leads nowhere',
      with: {
        Nat: ec2('NatGateway', { SubnetId: ref('Isolated') }),
        ...narrowRoute({ NatGatewayId: ref('Nat') }),
      },
      fault: to('Public', 443, '203.0.113.9'),
      reason: /NAT gateway net\/Nat does not reach the internet/,
    },
    {
      title: 'past a more specific route for other addresses',
      with: {
        Nat: ec2('NatGateway', { SubnetId: ref('Isolated') }),
        ...narrowRoute({ NatGatewayId: ref('Nat') }),
      },
      fault: to('Public', 443, '198.51.100.9'),
    },
    {
      title: 'on ports that its egress rules allow',
      with: {
        Tasks: group([], [{ IpProtocol: 'tcp', FromPort: 440, ToPort: 450, CidrIp: '0.0.0.0/0' }]),
      },
      fault: to('Public', 450),
    },
    {
      title: 'not on other ports',
      with: {
        Tasks: group([], [{ IpProtocol: 'tcp', FromPort: 440, ToPort: 450, CidrIp: '0.0.0.0/0' }]),
      },
      fault: to('Public', 451),
      reason: /no egress rule for TCP 451 to api\.example/,
    },
    {
      title: 'when two rules together cover all addresses',
      with: {
        Tasks: group([], [tcp(443, { CidrIp: '0.0.0.0/1' }), tcp(443, { CidrIp: '128.0.0.0/1' })]),
      },
      fault: to('Public'),
    },
    {
      title: 'not when a rule covers only half of them',
      with: { Tasks: group([], [tcp(443, { CidrIp: '0.0.0.0/1' })]) },
      fault: to('Public'),
      reason: /no egress rule/,
    },
    {
      title: 'not with a rule for UDP',
      with: { Tasks: group([], [{ ...tcp(443, EVERYWHERE), IpProtocol: 'udp' }]) },
      fault: to('Public'),
      reason: /no egress rule/,
    },
    {
      title: 'not with a rule for IPv6 addresses',
      with: { Tasks: group([], [tcp(443, { CidrIpv6: '::/0' })]) },
      fault: to('Public'),
      reason: /no egress rule/,
    },
  ];
  it.each(cases)('$title', check);
});

describe('a load balancer reaches its targets', () => {
  const toTasks = ({ topology, place }: MadeNetwork) =>
    peerFault(
      topology,
      place('the load balancer', ['Isolated'], ['Balancer']),
      place('the task', ['Public'], ['Tasks'], true),
      8080,
    );
  const cases: Case[] = [
    {
      title: 'by a rule that names its group',
      with: { Tasks: group([tcp(8080, { SourceSecurityGroupId: ref('Balancer') })]) },
      fault: toTasks,
    },
    {
      title: 'by a rule in its own resource',
      with: {
        Rule: ec2('SecurityGroupIngress', {
          GroupId: ref('Tasks'),
          ...tcp(8080, { SourceSecurityGroupId: ref('Balancer') }),
        }),
      },
      fault: toTasks,
    },
    {
      title: 'without a rule for the answers, because groups are stateful',
      with: {
        Tasks: group([tcp(8080, { SourceSecurityGroupId: ref('Balancer') })], []),
      },
      fault: toTasks,
    },
    {
      title: 'by the range of its subnets',
      with: { Tasks: group([tcp(8080, { CidrIp: '10.0.1.0/24' })]) },
      fault: toTasks,
    },
    {
      title: 'by a prefix list of the template',
      with: {
        Inside: ec2('PrefixList', { Entries: [{ Cidr: '10.0.0.0/16' }] }),
        Tasks: group([tcp(8080, { SourcePrefixListId: ref('Inside') })]),
      },
      fault: toTasks,
    },
    {
      title: 'not by a range that contains a part of its subnet',
      with: { Tasks: group([tcp(8080, { CidrIp: '10.0.1.0/25' })]) },
      fault: toTasks,
      reason: /security group net\/Tasks has no ingress rule for TCP 8080 from the load balancer/,
    },
    {
      title: 'not by a rule that names another group',
      with: {
        Tasks: group([tcp(8080, { SourceSecurityGroupId: ref('Other') })]),
        Other: group([]),
      },
      fault: toTasks,
      reason: /no ingress rule/,
    },
    {
      title: 'not when its own group lets it out to other ports only',
      with: {
        Tasks: group([tcp(8080, EVERYWHERE)]),
        Balancer: group([], [tcp(80, { DestinationSecurityGroupId: ref('Tasks') })]),
      },
      fault: toTasks,
      reason: /security group net\/Balancer has no egress rule for TCP 8080 to the task/,
    },
    {
      title: 'when an egress rule in its own resource names the group of the targets',
      with: {
        Tasks: group([tcp(8080, EVERYWHERE)]),
        Balancer: group([], []),
        Out: ec2('SecurityGroupEgress', {
          GroupId: ref('Balancer'),
          ...tcp(8080, { DestinationSecurityGroupId: ref('Tasks') }),
        }),
      },
      fault: toTasks,
    },
    {
      title: 'not in another VPC',
      with: {
        Other: ec2('VPC', { CidrBlock: '10.1.0.0/16' }),
        ...subnet('Public', '10.1.0.0/24', 'Other'),
        Tasks: group([tcp(8080, EVERYWHERE)]),
      },
      fault: toTasks,
      reason: /the task is in another VPC/,
    },
  ];
  it.each(cases)('$title', check);
});

describe('a public load balancer is reached', () => {
  const balancer = ({ place }: MadeNetwork, subnetName: string) =>
    place('the load balancer', [subnetName], ['Balancer']);
  const by = (address: string, subnetName: string) => (network: MadeNetwork) =>
    callerFault(network.topology, address, balancer(network, subnetName), 80);
  const byTask = (network: MadeNetwork) =>
    publicBalancerFault(
      network.topology,
      network.place('the task', ['Public'], ['Tasks'], true),
      balancer(network, 'Public'),
      80,
    );
  const cases: Case[] = [
    {
      title: 'by the addresses that its group admits',
      with: { Balancer: group([tcp(80, { CidrIp: '203.0.113.7/32' })]) },
      fault: by('203.0.113.7', 'Public'),
    },
    {
      title: 'not by other addresses',
      with: { Balancer: group([tcp(80, { CidrIp: '203.0.113.7/32' })]) },
      fault: by('203.0.113.8', 'Public'),
      reason: /security group net\/Balancer has no ingress rule for TCP 80 from 203\.0\.113\.8/,
    },
    {
      title: 'not in a subnet without a route to an internet gateway',
      with: { Balancer: group([tcp(80, EVERYWHERE)]) },
      fault: by('203.0.113.7', 'Isolated'),
      reason: /route table net\/IsolatedTable has no route/,
    },
    {
      title: 'by tasks of its VPC when it admits every address',
      with: { Balancer: group([tcp(80, EVERYWHERE)]) },
      fault: byTask,
    },
    {
      title: 'not by tasks of its VPC when it admits some addresses',
      with: { Balancer: group([tcp(80, { CidrIp: '203.0.113.0/24' })]) },
      fault: byTask,
      reason: /no ingress rule for TCP 80 from the public address of the task/,
    },
    {
      title: 'not by tasks whose group it admits, because they arrive with their public address',
      with: { Balancer: group([tcp(80, { SourceSecurityGroupId: ref('Tasks') })]) },
      fault: byTask,
      reason: /no ingress rule/,
    },
  ];
  it.each(cases)('$title', check);
});

describe('a VPC origin of CloudFront reaches an internal load balancer', () => {
  const fault = ({ topology, place }: MadeNetwork) =>
    vpcOriginFault(topology, place('the load balancer', ['Isolated'], ['Balancer']), 80);
  const cases: Case[] = [
    {
      title: "that admits CloudFront's managed prefix list",
      with: { Balancer: group([tcp(80, { SourcePrefixListId: CLOUDFRONT_LIST })]) },
      fault,
    },
    { title: 'that admits every address', with: { Balancer: group([tcp(80, EVERYWHERE)]) }, fault },
    {
      title: "not when it admits only the VPC's own range",
      with: { Balancer: group([tcp(80, { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } })]) },
      fault,
      reason:
        /^CloudFront's VPC origin does not reach the load balancer: security group net\/Balancer has no ingress rule for TCP 80 from com\.amazonaws\.global\.cloudfront\.origin-facing$/,
    },
    {
      title: 'not when it admits the list on another port',
      with: { Balancer: group([tcp(443, { SourcePrefixListId: CLOUDFRONT_LIST })]) },
      fault,
      reason: /no ingress rule for TCP 80/,
    },
    {
      title: 'not in a VPC without an internet gateway',
      with: {
        Attachment: ec2('VPCGatewayAttachment', {
          VpcId: ref('Other'),
          InternetGatewayId: ref('Gateway'),
        }),
        Other: ec2('VPC', { CidrBlock: '10.1.0.0/16' }),
        Balancer: group([tcp(80, { SourcePrefixListId: CLOUDFRONT_LIST })]),
      },
      fault,
      reason: /VPC net\/Vpc has no internet gateway/,
    },
  ];
  it.each(cases)('$title', check);
});

describe('a template is rejected', () => {
  it.each([
    [
      'for a gateway endpoint of another service than S3 and DynamoDB',
      { Queues: gatewayEndpoint('sqs', 'PublicTable') },
      'Stack net, Queues (AWS::EC2::VPCEndpoint): com.amazonaws.us-east-1.sqs has no gateway endpoints',
    ],
    [
      'for a group that does not exist',
      { Tasks: group([tcp(80, { SourceSecurityGroupId: 'sg-1' })]) },
      'there is no security group sg-1',
    ],
    [
      'for a prefix list that does not exist in the region',
      { Tasks: group([tcp(80, { SourcePrefixListId: 'pl-a3a144ca' })]) },
      'there is no prefix list pl-a3a144ca in us-east-1',
    ],
    [
      'for a range that is not one',
      { Tasks: group([tcp(80, { CidrIp: '10.0.0.0' })]) },
      '"10.0.0.0" is not an IPv4 range',
    ],
  ])('%s', async (_, more, message) => {
    await expect(makeNetwork({ ...SMALL_NETWORK, ...more })).rejects.toThrow(message);
  });
});
