import { covers, prefixLength } from './ranges.ts';
import type { NatGateway, Route, RouteTable, Subnet, Topology } from './topology.ts';

/**
 * Explains why packets from a subnet do not reach public addresses, or returns undefined.
 * @param range the destination: `0.0.0.0/0` for any public address, or one address with `/32`
 * @param hasPublicIp an internet gateway only serves interfaces with a public address ("Enable
 * internet access for a VPC using an internet gateway" in the VPC user guide)
 */
export function routeFault(
  topology: Topology,
  subnet: Subnet,
  range: string,
  hasPublicIp: boolean,
): string | undefined {
  const table = topology.tableOf(subnet);
  if (!table) {
    return `subnet ${subnet.name} has no route table of its own, and the main table has local routes only`;
  }
  const route = mostSpecific(table, range);
  if (!route) return `its route table ${table.name} has no route to ${range}`;
  if ('nat' in route.target) return natFault(topology, route.target.nat, range);
  return gatewayFault(topology, table, route.target.gateway, hasPublicIp);
}

/** The route with the longest prefix ("How route priority works" in the VPC user guide). */
function mostSpecific(table: RouteTable, range: string): Route | undefined {
  return [...table.routes]
    .filter(({ destination }) => covers([destination], range))
    .sort((a, b) => prefixLength(b.destination) - prefixLength(a.destination))[0];
}

function gatewayFault(
  topology: Topology,
  table: RouteTable,
  gateway: string,
  hasPublicIp: boolean,
): string | undefined {
  const name = topology.internetGateways.get(gateway)?.name ?? gateway;
  if (topology.vpcOfGateway.get(gateway) !== table.vpc) {
    return `internet gateway ${name} is not attached to the VPC of route table ${table.name}`;
  }
  if (hasPublicIp) return undefined;
  return `it has no public IP address, which internet gateway ${name} requires`;
}

function natFault(topology: Topology, id: string, range: string): string | undefined {
  const nat: NatGateway | undefined = topology.natGateways.get(id);
  if (!nat) return `there is no NAT gateway ${id}`;
  if (!nat.isPublic) return `NAT gateway ${nat.name} is private`;
  const fault = routeFault(topology, topology.subnet(nat.subnet), range, true);
  return fault && `NAT gateway ${nat.name} does not reach the internet: ${fault}`;
}
