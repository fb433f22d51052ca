import { createResources } from '../../cloudformation/provision.ts';
import { Registry } from '../../cloudformation/registry.ts';
import type { DeployedStack } from '../../cloudformation/stack.ts';
import type { TemplateResource } from '../../cloudformation/template.ts';
import { testKernel } from '../../testing/test-kernel.ts';
import { groupProviders } from '../group-providers.ts';
import { MANAGED_PREFIX_LISTS } from '../managed-prefix-lists.ts';
import type { NetworkInterface } from '../reach.ts';
import { routeProviders } from '../route-providers.ts';
import { Topology } from '../topology.ts';
import { vpcProviders } from '../vpc-providers.ts';

export type Resources = Readonly<Record<string, TemplateResource>>;

const EC2 = 'AWS::EC2::';

/** A resource of EC2. `type` is without its prefix. */
export function ec2(type: string, Properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: `${EC2}${type}`, Properties };
}

/** A rule for TCP, as in a template. */
export function tcp(port: number, peer: Record<string, unknown>): Record<string, unknown> {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer };
}

export const ref = (Ref: string) => ({ Ref });

/** A subnet with its own route table, named after it with `Table`. */
export function subnet(name: string, CidrBlock: string, VpcId = 'Vpc'): Resources {
  return {
    [name]: ec2('Subnet', { VpcId: ref(VpcId), CidrBlock }),
    [`${name}Table`]: ec2('RouteTable', { VpcId: ref(VpcId) }),
    [`${name}Association`]: ec2('SubnetRouteTableAssociation', {
      SubnetId: ref(name),
      RouteTableId: ref(`${name}Table`),
    }),
  };
}

/** A default route of a subnet, e.g. `{ GatewayId: ref('Gateway') }`. */
export function defaultRoute(name: string, target: Record<string, unknown>): Resources {
  const RouteTableId = ref(`${name}Table`);
  const DestinationCidrBlock = '0.0.0.0/0';
  return { [`${name}Route`]: ec2('Route', { RouteTableId, DestinationCidrBlock, ...target }) };
}

/**
 * A VPC with an internet gateway, the subnet `Public` that leads to it, the subnet `Isolated` without
 * a default route, and the groups `Tasks` and `Balancer` that allow nothing in and everything out.
 */
export const SMALL_NETWORK: Resources = {
  Vpc: ec2('VPC', {
    CidrBlock: '10.0.0.0/16',
    EnableDnsSupport: true,
    EnableDnsHostnames: true,
  }),
  Gateway: ec2('InternetGateway'),
  Attachment: ec2('VPCGatewayAttachment', {
    VpcId: ref('Vpc'),
    InternetGatewayId: ref('Gateway'),
  }),
  ...subnet('Public', '10.0.0.0/24'),
  ...defaultRoute('Public', { GatewayId: ref('Gateway') }),
  ...subnet('Isolated', '10.0.1.0/24'),
  Tasks: ec2('SecurityGroup', { VpcId: ref('Vpc') }),
  Balancer: ec2('SecurityGroup', { VpcId: ref('Vpc') }),
};

/** A network made from the resources of a template. */
export interface MadeNetwork {
  readonly topology: Topology;
  id(logicalId: string): string;
  /** An interface in subnets and groups, by their logical ids. */
  place(
    name: string,
    subnets: readonly string[],
    groups: readonly string[],
    hasPublicIp?: boolean,
  ): NetworkInterface;
  /** Stops the resources, as the local cloud does when it ends. */
  stop(): Promise<void>;
}

/** Deploys the resources as the stack `net`. @throws Error that names the faulty resource */
export async function makeNetwork(resources: Resources): Promise<MadeNetwork> {
  const topology = new Topology(MANAGED_PREFIX_LISTS);
  const providers = [vpcProviders, routeProviders, groupProviders].flatMap((of) => of(topology));
  const stack: DeployedStack = {
    name: 'net',
    id: 'net',
    createdAt: new Date(),
    status: 'CREATE_IN_PROGRESS',
    resources: new Map(),
    outputs: [],
    imports: new Set(),
    events: [],
  };
  await createResources(
    { name: 'net', template: { Resources: resources }, dependencies: [] },
    stack,
    {
      kernel: testKernel(),
      registry: new Registry(providers, []),
      imports: () => undefined,
      stopping: new AbortController().signal,
    },
  );
  const id = (logicalId: string) => String(stack.resources.get(logicalId)?.created.physicalId);
  return {
    topology,
    id,
    place: (name, subnets, groups, hasPublicIp = false) => ({
      name,
      subnets: subnets.map(id),
      groups: groups.map(id),
      hasPublicIp,
    }),
    async stop() {
      for (const { created } of stack.resources.values()) await created.stop?.(0);
    },
  };
}
