import { expect } from 'vitest';
import {
  ec2,
  type MadeNetwork,
  makeNetwork,
  type Resources,
  ref,
  SMALL_NETWORK,
  tcp,
} from './small-network.ts';

/** Groups and their rules: `Tasks` and `Balancer` of the small network, with other rules. */
export function group(ingress: unknown[], egress?: unknown[]) {
  return ec2('SecurityGroup', {
    VpcId: ref('Vpc'),
    SecurityGroupIngress: ingress,
    ...(egress === undefined ? {} : { SecurityGroupEgress: egress }),
  });
}

export const EVERYWHERE = { CidrIp: '0.0.0.0/0' };
const SERVICE = 'com.amazonaws.us-east-1.';
/** The ids of the prefix lists of S3 and CloudFront in us-east-1. */
export const S3_LIST = 'pl-63a5400a';
export const CLOUDFRONT_LIST = 'pl-3b927c52';

/** A gateway endpoint in a route table. */
export const gatewayEndpoint = (service: string, table: string) =>
  ec2('VPCEndpoint', {
    VpcId: ref('Vpc'),
    ServiceName: `${SERVICE}${service}`,
    VpcEndpointType: 'Gateway',
    RouteTableIds: [ref(table)],
  });

/** An interface endpoint in the isolated subnet, in the group `Endpoints`. */
export const interfaceEndpoint = (service: string, properties = {}) =>
  ec2('VPCEndpoint', {
    VpcId: ref('Vpc'),
    ServiceName: `${SERVICE}${service}`,
    VpcEndpointType: 'Interface',
    PrivateDnsEnabled: true,
    SubnetIds: [ref('Isolated')],
    SecurityGroupIds: [ref('Endpoints')],
    ...properties,
  });

/** A group for endpoints that admits the tasks. */
export const ENDPOINTS = { Endpoints: group([tcp(443, { SourceSecurityGroupId: ref('Tasks') })]) };

/** A connection in a network, and the reason why it is not possible. */
export interface Case {
  readonly title: string;
  /** Resources besides the small network, or in place of its resources. */
  readonly with?: Resources;
  readonly fault: (network: MadeNetwork) => string | undefined;
  /** The reason, or nothing when the connection is possible. */
  readonly reason?: RegExp;
}

/** Makes the network of a case and compares the reason. */
export async function check({ with: more = {}, fault, reason }: Case): Promise<void> {
  const found = fault(await makeNetwork({ ...SMALL_NETWORK, ...more }));
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(reason);
}
