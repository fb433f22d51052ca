import { describe, it } from 'vitest';
import { callerFault, peerFault, publicBalancerFault, vpcOriginFault } from './reach.ts';
import { type Case, CLOUDFRONT_LIST, check, EVERYWHERE, group } from './testing/reach-cases.ts';
import { ec2, type MadeNetwork, ref, subnet, tcp } from './testing/small-network.ts';

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
