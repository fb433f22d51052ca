import type { ResourceProvider } from '../kernel.ts';
import { networkProvider } from './network-provider.ts';
import { checkRange, EVERYWHERE } from './ranges.ts';
import type { Rule, Topology } from './topology.ts';

const IPV4_ONLY = { ignored: 'addresses are IPv4 here' };
const NO_PLACES = { ignored: 'everything runs on one machine' };
const ALL_PORTS = { fromPort: 0, toPort: 65_535 };

interface VpcProperties {
  CidrBlock: string;
  EnableDnsHostnames?: unknown;
  EnableDnsSupport?: unknown;
}

/**
 * A VPC with its default group, which allows its members to reach one another and everything else
 * ("Default security groups" in the VPC user guide).
 */
function vpcProvider(topology: Topology): ResourceProvider {
  return networkProvider<VpcProperties>(
    topology,
    'AWS::EC2::VPC',
    {
      CidrBlock: 'honoured',
      EnableDnsHostnames: 'honoured',
      EnableDnsSupport: 'honoured',
      InstanceTenancy: NO_PLACES,
    },
    (properties, { id, name, created }) => {
      const defaultGroup = String(created.attributes?.DefaultSecurityGroup);
      const among: Rule = { ...ALL_PORTS, peer: { group: defaultGroup } };
      const outside: Rule = { ...ALL_PORTS, peer: { cidr: EVERYWHERE } };
      topology.groups.set(defaultGroup, {
        id: defaultGroup,
        name: `default of ${name}`,
        vpc: id,
        ingress: new Set([among]),
        egress: new Set([outside]),
      });
      topology.vpcs.set(id, {
        id,
        name,
        cidr: checkRange(properties.CidrBlock),
        // Both have a default: support is on, and names are off in a VPC that is not the account's first.
        resolvesPrivateNames:
          isTrue(properties.EnableDnsSupport ?? true) && isTrue(properties.EnableDnsHostnames),
        defaultGroup,
      });
    },
  );
}

function subnetProvider(topology: Topology): ResourceProvider {
  return networkProvider<{ VpcId: string; CidrBlock: string }>(
    topology,
    'AWS::EC2::Subnet',
    {
      VpcId: 'honoured',
      CidrBlock: 'honoured',
      AvailabilityZone: 'honoured',
      MapPublicIpOnLaunch: { ignored: 'a task on Fargate follows AssignPublicIp of its service' },
      AssignIpv6AddressOnCreation: IPV4_ONLY,
      Ipv6CidrBlock: IPV4_ONLY,
    },
    ({ VpcId, CidrBlock }, { id, name }) => {
      const vpc = topology.vpc(VpcId).id;
      topology.subnets.set(id, { id, name, vpc, cidr: checkRange(CidrBlock) });
    },
  );
}

function internetGatewayProvider(topology: Topology): ResourceProvider {
  return networkProvider(topology, 'AWS::EC2::InternetGateway', {}, (_, { id, name }) =>
    topology.internetGateways.set(id, { id, name }),
  );
}

function attachmentProvider(topology: Topology): ResourceProvider {
  return networkProvider<{ VpcId: string; InternetGatewayId?: string }>(
    topology,
    'AWS::EC2::VPCGatewayAttachment',
    { VpcId: 'honoured', InternetGatewayId: 'honoured' },
    ({ VpcId, InternetGatewayId }) =>
      topology.vpcOfGateway.set(String(InternetGatewayId), topology.vpc(VpcId).id),
  );
}

function addressProvider(topology: Topology): ResourceProvider {
  const support = { Domain: NO_PLACES, InstanceId: NO_PLACES };
  return networkProvider(topology, 'AWS::EC2::EIP', support, () => () => {});
}

interface NatProperties {
  SubnetId: string;
  ConnectivityType?: string;
}

function natGatewayProvider(topology: Topology): ResourceProvider {
  return networkProvider<NatProperties>(
    topology,
    'AWS::EC2::NatGateway',
    {
      SubnetId: 'honoured',
      ConnectivityType: 'honoured',
      AllocationId: { ignored: 'public addresses are not modelled' },
      MaxDrainDurationSeconds: NO_PLACES,
    },
    ({ SubnetId, ConnectivityType }, { id, name }) => {
      const subnet = topology.subnet(SubnetId).id;
      const isPublic = ConnectivityType !== 'private';
      topology.natGateways.set(id, { id, name, subnet, isPublic });
    },
  );
}

/** CloudFormation accepts booleans as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The providers of VPCs, subnets and gateways. */
export function vpcProviders(topology: Topology): ResourceProvider[] {
  return [
    vpcProvider(topology),
    subnetProvider(topology),
    internetGatewayProvider(topology),
    attachmentProvider(topology),
    addressProvider(topology),
    natGatewayProvider(topology),
  ];
}
