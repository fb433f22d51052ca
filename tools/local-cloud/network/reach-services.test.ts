import { describe, it } from 'vitest';
import { serviceFault } from './reach.ts';
import {
  type Case,
  check,
  ENDPOINTS,
  EVERYWHERE,
  gatewayEndpoint,
  group,
  interfaceEndpoint,
  S3_LIST,
} from './testing/reach-cases.ts';
import { defaultRoute, ec2, type MadeNetwork, ref, subnet, tcp } from './testing/small-network.ts';

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
