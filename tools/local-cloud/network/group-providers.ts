import type { ResourceProvider } from '../kernel.ts';
import { networkProvider } from './network-provider.ts';
import { checkRange, EVERYWHERE } from './ranges.ts';
import type { Rule, RulePeer, Topology } from './topology.ts';

const DOCUMENTATION = { ignored: 'documentation only' };
const IPV4_ONLY = { ignored: 'addresses are IPv4 here' };

/** The members that name the other side differ between the two directions. */
interface RuleProperties {
  IpProtocol?: string | number;
  FromPort?: number | string;
  ToPort?: number | string;
  CidrIp?: string;
  SourceSecurityGroupId?: string;
  DestinationSecurityGroupId?: string;
  SourcePrefixListId?: string;
  DestinationPrefixListId?: string;
}

const RULE_PROPERTIES = {
  GroupId: 'honoured',
  IpProtocol: 'honoured',
  FromPort: 'honoured',
  ToPort: 'honoured',
  CidrIp: 'honoured',
  CidrIpv6: IPV4_ONLY,
  Description: DOCUMENTATION,
} as const;

const TCP = ['tcp', '6'];
const EVERY_PROTOCOL = '-1';
const LAST_PORT = 65_535;

/**
 * Reads a rule. Rules for other protocols than TCP are undefined: everything here speaks TCP.
 * @throws Error for a group or prefix list that does not exist, or a rule without other side
 */
function readRule(topology: Topology, rule: RuleProperties): Rule | undefined {
  const peer = readPeer(topology, rule);
  const protocol = String(rule.IpProtocol);
  // A rule for all protocols has all ports, whatever it says ("Security group rules" in the VPC user guide).
  if (protocol === EVERY_PROTOCOL) return peer && { fromPort: 0, toPort: LAST_PORT, peer };
  if (!TCP.includes(protocol)) return undefined;
  const fromPort = Number(rule.FromPort ?? -1);
  const toPort = Number(rule.ToPort ?? fromPort);
  const range = fromPort < 0 ? { fromPort: 0, toPort: LAST_PORT } : { fromPort, toPort };
  return peer && { ...range, peer };
}

/** Returns undefined for an IPv6 range. */
function readPeer(topology: Topology, rule: RuleProperties): RulePeer | undefined {
  const group = rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId;
  const prefixList = rule.SourcePrefixListId ?? rule.DestinationPrefixListId;
  if (rule.CidrIp !== undefined) return { cidr: checkRange(rule.CidrIp) };
  if (group !== undefined) return { group: topology.group(group).id };
  if (prefixList === undefined) return undefined;
  const { cloudFront, services } = topology.prefixLists;
  const managed = [cloudFront, ...Object.values(services)];
  if (!managed.includes(prefixList) && !topology.ownPrefixLists.has(prefixList)) {
    const list = managed.join(', ');
    throw new Error(`there is no prefix list ${prefixList} in us-east-1; AWS maintains ${list}`);
  }
  return { prefixList };
}

interface GroupProperties {
  VpcId: string;
  SecurityGroupIngress?: RuleProperties[];
  SecurityGroupEgress?: RuleProperties[];
}

/** A new group allows everything out. Egress rules in the template replace that rule. */
function groupProvider(topology: Topology): ResourceProvider {
  const read = (rules: readonly RuleProperties[]): Set<Rule> =>
    new Set(rules.flatMap((rule) => readRule(topology, rule) ?? []));
  const everything = [{ IpProtocol: EVERY_PROTOCOL, CidrIp: EVERYWHERE }];
  return networkProvider<GroupProperties>(
    topology,
    'AWS::EC2::SecurityGroup',
    {
      VpcId: 'honoured',
      SecurityGroupIngress: 'honoured',
      SecurityGroupEgress: 'honoured',
      GroupName: DOCUMENTATION,
      GroupDescription: DOCUMENTATION,
    },
    ({ VpcId, SecurityGroupIngress = [], SecurityGroupEgress }, { id, name }) =>
      topology.groups.set(id, {
        ...{ id, name },
        vpc: topology.vpc(VpcId).id,
        ingress: read(SecurityGroupIngress),
        egress: read(SecurityGroupEgress ?? everything),
      }),
  );
}

/** A rule in its own resource joins the rules of its group. */
function ruleProvider(topology: Topology, direction: 'ingress' | 'egress'): ResourceProvider {
  const isIngress = direction === 'ingress';
  return networkProvider<RuleProperties & { GroupId: string }>(
    topology,
    isIngress ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress',
    {
      ...RULE_PROPERTIES,
      ...(isIngress
        ? { SourceSecurityGroupId: 'honoured', SourcePrefixListId: 'honoured' }
        : { DestinationSecurityGroupId: 'honoured', DestinationPrefixListId: 'honoured' }),
    },
    ({ GroupId, ...properties }) => {
      const rules = topology.group(GroupId)[direction];
      const rule = readRule(topology, properties);
      if (rule) rules.add(rule);
    },
  );
}

function prefixListProvider(topology: Topology): ResourceProvider {
  return networkProvider<{ Entries?: { Cidr: string }[] }>(
    topology,
    'AWS::EC2::PrefixList',
    {
      Entries: 'honoured',
      PrefixListName: DOCUMENTATION,
      MaxEntries: { ignored: 'quotas are checked at synth' },
      AddressFamily: IPV4_ONLY,
    },
    ({ Entries = [] }, { id }) =>
      topology.ownPrefixLists.set(
        id,
        Entries.map(({ Cidr }) => checkRange(Cidr)),
      ),
  );
}

/** The providers of security groups, their rules and prefix lists. */
export function groupProviders(topology: Topology): ResourceProvider[] {
  return [
    groupProvider(topology),
    ruleProvider(topology, 'ingress'),
    ruleProvider(topology, 'egress'),
    prefixListProvider(topology),
  ];
}
