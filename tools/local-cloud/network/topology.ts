import type { ManagedPrefixLists } from './managed-prefix-lists.ts';

/** A resource of a template. `name` is `stack/logicalId`, for messages. */
interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Vpc extends Named {
  readonly cidr: string;
  /** Both attributes are on: names of private hosted zones resolve. */
  readonly resolvesPrivateNames: boolean;
  readonly defaultGroup: string;
}

export interface Subnet extends Named {
  readonly vpc: string;
  readonly cidr: string;
}

/** The addresses on the other side of a rule. */
export type RulePeer =
  | { readonly cidr: string }
  | { readonly group: string }
  | { readonly prefixList: string };

/** A rule for TCP. Ports are inclusive. */
export interface Rule {
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: RulePeer;
}

export interface SecurityGroup extends Named {
  readonly vpc: string;
  readonly ingress: Set<Rule>;
  readonly egress: Set<Rule>;
}

export interface Route {
  readonly destination: string;
  readonly target: { readonly gateway: string } | { readonly nat: string };
}

export interface RouteTable extends Named {
  readonly vpc: string;
  readonly routes: Set<Route>;
}

export interface NatGateway extends Named {
  readonly subnet: string;
  /** False for connectivity type `private`, which reaches other networks only. */
  readonly isPublic: boolean;
}

/** A VPC endpoint for a service, e.g. `sqs`. */
export interface VpcEndpoint extends Named {
  readonly vpc: string;
  readonly service: string;
  readonly kind: 'Gateway' | 'Interface';
  readonly privateDns: boolean;
  readonly routeTables: readonly string[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
}

/** The networks of all deployed stacks. */
export class Topology {
  readonly prefixLists: ManagedPrefixLists;
  /** Grows with each change. */
  revision = 0;
  readonly vpcs = new Map<string, Vpc>();
  readonly subnets = new Map<string, Subnet>();
  readonly groups = new Map<string, SecurityGroup>();
  readonly routeTables = new Map<string, RouteTable>();
  readonly natGateways = new Map<string, NatGateway>();
  readonly endpoints = new Map<string, VpcEndpoint>();
  readonly internetGateways = new Map<string, Named>();
  /** The ranges of the prefix lists in templates, by id. */
  readonly ownPrefixLists = new Map<string, readonly string[]>();
  /** The route table of each associated subnet. */
  readonly tableOfSubnet = new Map<string, string>();
  /** The VPC of each attached internet gateway. */
  readonly vpcOfGateway = new Map<string, string>();

  constructor(prefixLists: ManagedPrefixLists) {
    this.prefixLists = prefixLists;
  }

  vpc(id: unknown): Vpc {
    return known(this.vpcs, id, 'VPC');
  }

  subnet(id: unknown): Subnet {
    return known(this.subnets, id, 'subnet');
  }

  group(id: unknown): SecurityGroup {
    return known(this.groups, id, 'security group');
  }

  routeTable(id: unknown): RouteTable {
    return known(this.routeTables, id, 'route table');
  }

  /** The VPC has an internet gateway. */
  hasInternetGateway(vpc: string): boolean {
    return [...this.vpcOfGateway.values()].includes(vpc);
  }

  /** The route table of a subnet, or undefined when the subnet uses the main table of its VPC. */
  tableOf(subnet: Subnet): RouteTable | undefined {
    return this.routeTables.get(this.tableOfSubnet.get(subnet.id) ?? '');
  }

  /** Interface endpoints of a VPC for a service. */
  interfaceEndpoints(vpc: string, service: string): VpcEndpoint[] {
    return this.#endpointsOf(vpc, service, 'Interface');
  }

  /** Gateway endpoints of a VPC for a service. */
  gatewayEndpoints(vpc: string, service: string): VpcEndpoint[] {
    return this.#endpointsOf(vpc, service, 'Gateway');
  }

  #endpointsOf(vpc: string, service: string, kind: VpcEndpoint['kind']): VpcEndpoint[] {
    return [...this.endpoints.values()].filter(
      (one) => one.vpc === vpc && one.service === service && one.kind === kind,
    );
  }
}

/** Remembers the results of `work` by key until a network changes. */
export function untilChange<T>(topology: Topology, work: (key: string) => T): (key: string) => T {
  const results = new Map<string, T>();
  let { revision } = topology;
  return (key) => {
    if (revision !== topology.revision) results.clear();
    revision = topology.revision;
    const known = results.has(key);
    const result = known ? (results.get(key) as T) : work(key);
    if (!known) results.set(key, result);
    return result;
  };
}

/** @throws Error that names `what` and the unknown id */
function known<T>(all: ReadonlyMap<string, T>, id: unknown, what: string): T {
  const found = all.get(String(id));
  if (found === undefined) throw new Error(`there is no ${what} ${id}`);
  return found;
}
