import type { ResourceContext } from '../kernel.ts';
import {
  callerFault,
  type LocalNetwork,
  type NetworkInterface,
  peerFault,
  publicBalancerFault,
} from '../network/index.ts';
import type { Balancer, BalancerNetwork } from './balancer.ts';

interface NetworkProperties {
  Scheme?: string;
  Subnets?: string[];
  SubnetMappings?: { SubnetId: string }[];
  SecurityGroups?: string[];
}

/**
 * The place of a load balancer in its network. Without groups, it is in the default group of its VPC.
 * @throws Error when the template names no subnets, as AWS does
 */
function readInterface(
  { stack, logicalId, properties }: ResourceContext,
  { topology }: LocalNetwork,
): NetworkInterface {
  const { Subnets, SubnetMappings = [], SecurityGroups, Scheme } = properties as NetworkProperties;
  const subnets = Subnets ?? SubnetMappings.map(({ SubnetId }) => SubnetId);
  const [first] = subnets.map((id) => topology.subnet(id));
  if (!first) throw new Error('a load balancer needs subnets in two availability zones');
  const groups = SecurityGroups ?? [topology.vpc(first.vpc).defaultGroup];
  for (const id of groups) topology.group(id);
  return {
    name: `load balancer ${stack}/${logicalId}`,
    subnets,
    groups,
    hasPublicIp: Scheme !== 'internal',
  };
}

/**
 * Reads who reaches a load balancer on its public port.
 * @param listenerPort returns the port of its listener in the template
 * @throws Error when the template names no subnets, or a subnet or group that does not exist
 */
export function balancerNetwork(
  context: ResourceContext,
  network: LocalNetwork,
  listenerPort: () => number | undefined,
): BalancerNetwork {
  const own = readInterface(context, network);
  return {
    interface: own,
    onRefused: network.logRefusals(context.stack, context.logicalId),
    callerFault(address) {
      if (!own.hasPublicIp) return `${address} does not reach ${own.name}: it is internal`;
      const port = listenerPort();
      return port === undefined ? undefined : callerFault(network.topology, address, own, port);
    },
  };
}

/** Registers an open load balancer for tasks and VPC origins. Returns the function that removes it. */
export function joinNetwork(
  balancer: Balancer,
  { interface: own }: BalancerNetwork,
  network: LocalNetwork,
): () => void {
  const { insidePort } = balancer;
  const leave = network.listen(balancer.port, {
    port: insidePort,
    fault(from) {
      const port = balancer.listenerPort;
      if (port === undefined) return `${own.name} has no listener`;
      const faultOf = own.hasPublicIp ? publicBalancerFault : peerFault;
      return faultOf(network.topology, from, own, port);
    },
  });
  const { arn } = balancer.settings;
  const place = { interface: own, insidePort, listenerPort: () => balancer.listenerPort };
  network.balancers.set(arn, place);
  return () => {
    network.balancers.delete(arn);
    leave();
  };
}
