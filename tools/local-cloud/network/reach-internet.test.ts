import { describe, expect, it } from 'vitest';
import { internetFault } from './reach.ts';
import { type Case, check, EVERYWHERE, gatewayEndpoint, group } from './testing/reach-cases.ts';
import {
  ec2,
  type MadeNetwork,
  makeNetwork,
  type Resources,
  ref,
  SMALL_NETWORK,
  tcp,
} from './testing/small-network.ts';

it('a task that is still ending when the networks are stopped reaches the internet', async () => {
  const network = await makeNetwork(SMALL_NETWORK);
  await network.stop();
  const task = network.place('the task', ['Public'], ['Tasks'], true);
  expect(internetFault(network.topology, task, { name: 'api.example' }, 443)).toBeUndefined();
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
