import { covers } from './ranges.ts';
import type { Rule, Topology } from './topology.ts';

/** The other side of a connection, as the rules of a security group see it. */
export interface Peer {
  /** For messages, e.g. `sqs`. */
  readonly name: string;
  /** The range of its address. Every address of the range must be allowed. */
  readonly range: string;
  /** Its security groups. Rules see them on private addresses only. */
  readonly groups?: readonly string[];
  /** A managed prefix list that contains its address. */
  readonly prefixList?: string;
}

/**
 * Explains why no group allows a connection over TCP, or returns undefined when one does. The rules
 * of all groups count together, and no rule denies ("Security group rules" in the VPC user guide).
 * Groups are stateful: the answers of an allowed connection need no rule.
 */
export function groupFault(
  topology: Topology,
  groups: readonly string[],
  direction: 'ingress' | 'egress',
  peer: Peer,
  port: number,
): string | undefined {
  const all = groups.map((id) => topology.group(id));
  const rules = all
    .flatMap((group) => [...group[direction]])
    .filter(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
  if (rules.some((rule) => namesPeer(rule, peer))) return undefined;
  if (covers(rangesOf(topology, rules), peer.range)) return undefined;
  const names = all.map(({ name }) => name).join(', ');
  const preposition = direction === 'ingress' ? 'from' : 'to';
  return `security group ${names} has no ${direction} rule for TCP ${port} ${preposition} ${peer.name}`;
}

function namesPeer({ peer: allowed }: Rule, { groups = [], prefixList }: Peer): boolean {
  if ('group' in allowed) return groups.includes(allowed.group);
  return 'prefixList' in allowed && allowed.prefixList === prefixList;
}

/** The ranges that rules name, also through the prefix lists of templates. */
function rangesOf(topology: Topology, rules: readonly Rule[]): string[] {
  return rules.flatMap(({ peer }) => {
    if ('cidr' in peer) return [peer.cidr];
    return 'prefixList' in peer ? (topology.ownPrefixLists.get(peer.prefixList) ?? []) : [];
  });
}
