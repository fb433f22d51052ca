/**
 * May one party connect to another? Each function returns undefined when it may, or the reason that
 * names the missing piece. A party with several subnets may be in any of them, so all must allow it.
 */
import { EVERYWHERE } from './ranges.ts';
import { routeFault } from './routes.ts';
import { groupFault, type Peer } from './security-groups.ts';
import type { Subnet, Topology, VpcEndpoint } from './topology.ts';

/** Where a task or load balancer is in a network. */
export interface NetworkInterface {
  /** For messages, e.g. `the task of triptych-hybrid-payments/Service`. */
  readonly name: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly hasPublicIp: boolean;
}

const HTTPS = 443;

/** The services with gateway endpoints ("Gateway endpoints" in the AWS PrivateLink guide). */
export const GATEWAY_SERVICES = ['s3', 'dynamodb'];

/** Explains why an interface does not reach a service of AWS, e.g. `sqs`, over HTTPS. */
export function serviceFault(
  topology: Topology,
  from: NetworkInterface,
  service: string,
): string | undefined {
  return faultInSubnets(topology, from, service, (subnet) => {
    const vpc = topology.vpc(subnet.vpc);
    const endpoint = topology
      .interfaceEndpoints(vpc.id, service)
      .find(({ privateDns }) => privateDns && vpc.resolvesPrivateNames);
    // The public name resolves to the endpoint's private addresses, so no other way is tried.
    if (endpoint) return endpointFault(topology, from, subnet, endpoint);
    const prefixList = topology.prefixLists.services[service];
    const peer: Peer = {
      name: `the public addresses of ${service}`,
      range: EVERYWHERE,
      ...(prefixList === undefined ? {} : { prefixList }),
    };
    const refused = groupFault(topology, from.groups, 'egress', peer, HTTPS);
    if (refused) return refused;
    if (hasGatewayEndpoint(topology, subnet, service)) return undefined;
    const fault = routeFault(topology, subnet, EVERYWHERE, from.hasPublicIp);
    return fault && `${fault}, and ${vpc.name} has no endpoint for ${service} that it can use`;
  });
}

/** A gateway endpoint is a route for the prefix list of its service. It needs no public address. */
function hasGatewayEndpoint(topology: Topology, subnet: Subnet, service: string): boolean {
  const table = topology.tableOf(subnet)?.id;
  return topology
    .gatewayEndpoints(subnet.vpc, service)
    .some(({ routeTables }) => table !== undefined && routeTables.includes(table));
}

function endpointFault(
  topology: Topology,
  from: NetworkInterface,
  subnet: Subnet,
  { name, subnets, groups }: VpcEndpoint,
): string | undefined {
  const to = { name: `endpoint ${name}`, subnets, groups, hasPublicIp: false };
  return firstFault(to.subnets, (id) =>
    privateFault(topology, [from, subnet], [to, topology.subnet(id)], HTTPS),
  );
}

/**
 * Explains why an interface does not reach a public address.
 * @param address one IPv4 address, or undefined for an address that is not known before
 */
export function internetFault(
  topology: Topology,
  from: NetworkInterface,
  to: { readonly name: string; readonly address?: string },
  port: number,
): string | undefined {
  const range = to.address === undefined ? EVERYWHERE : `${to.address}/32`;
  return faultInSubnets(
    topology,
    from,
    to.name,
    (subnet) =>
      groupFault(topology, from.groups, 'egress', { name: to.name, range }, port) ??
      routeFault(topology, subnet, range, from.hasPublicIp),
  );
}

/** Explains why an interface does not reach another on its private address. */
export function peerFault(
  topology: Topology,
  from: NetworkInterface,
  to: NetworkInterface,
  port: number,
): string | undefined {
  return faultInSubnets(topology, from, to.name, (subnet) =>
    firstFault(to.subnets, (id) =>
      privateFault(topology, [from, subnet], [to, topology.subnet(id)], port),
    ),
  );
}

/**
 * Explains why an interface does not reach an internet-facing load balancer by its DNS name, which
 * resolves to public addresses, also inside the VPC. The caller then has its public address, which
 * is not known before, and rules that name its security group do not apply.
 */
export function publicBalancerFault(
  topology: Topology,
  from: NetworkInterface,
  to: NetworkInterface,
  port: number,
): string | undefined {
  const peer = { name: `the public address of ${from.name}`, range: EVERYWHERE };
  return (
    internetFault(topology, from, { name: to.name }, port) ??
    fault(from.name, to.name, groupFault(topology, to.groups, 'ingress', peer, port))
  );
}

/** Explains why a caller on the internet does not reach an internet-facing load balancer. */
export function callerFault(
  topology: Topology,
  address: string,
  to: NetworkInterface,
  port: number,
): string | undefined {
  const peer = { name: address, range: `${address}/32` };
  const reason =
    groupFault(topology, to.groups, 'ingress', peer, port) ??
    firstFault(to.subnets, (id) => routeFault(topology, topology.subnet(id), EVERYWHERE, true));
  return fault(address, to.name, reason);
}

/**
 * Explains why a VPC origin of CloudFront does not reach a load balancer. The VPC needs an internet
 * gateway, which is not used for routing, and the load balancer must admit CloudFront's managed
 * prefix list or the security group of the service, because the requests do not come from the VPC's
 * own range ("Restrict access with VPC origins" in the CloudFront developer guide).
 */
export function vpcOriginFault(
  topology: Topology,
  to: NetworkInterface,
  port: number,
): string | undefined {
  const vpc = topology.vpc(topology.subnet(to.subnets[0]).vpc);
  const peer = {
    name: 'com.amazonaws.global.cloudfront.origin-facing',
    range: EVERYWHERE,
    prefixList: topology.prefixLists.cloudFront,
  };
  const reason = topology.hasInternetGateway(vpc.id)
    ? groupFault(topology, to.groups, 'ingress', peer, port)
    : `VPC ${vpc.name} has no internet gateway`;
  return fault("CloudFront's VPC origin", to.name, reason);
}

type Place = readonly [NetworkInterface, Subnet];

/** A connection between private addresses. Every route table has a route within the VPC. */
function privateFault(
  topology: Topology,
  [from, subnet]: Place,
  [to, target]: Place,
  port: number,
): string | undefined {
  if (subnet.vpc !== target.vpc) return `${to.name} is in another VPC`;
  const there = { name: to.name, range: target.cidr, groups: to.groups };
  const here = { name: from.name, range: subnet.cidr, groups: from.groups };
  return (
    groupFault(topology, from.groups, 'egress', there, port) ??
    groupFault(topology, to.groups, 'ingress', here, port)
  );
}

function faultInSubnets(
  topology: Topology,
  { name, subnets }: NetworkInterface,
  to: string,
  faultIn: (subnet: Subnet) => string | undefined,
): string | undefined {
  return firstFault(subnets, (id) => {
    const subnet = topology.subnet(id);
    return fault(`${name} in subnet ${subnet.name}`, to, faultIn(subnet));
  });
}

function firstFault(
  ids: readonly string[],
  faultOf: (id: string) => string | undefined,
): string | undefined {
  for (const id of ids) {
    const reason = faultOf(id);
    if (reason) return reason;
  }
  return undefined;
}

function fault(from: string, to: string, reason: string | undefined): string | undefined {
  return reason && `${from} does not reach ${to}: ${reason}`;
}
