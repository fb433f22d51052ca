import type { ResourceContext, ResourceProvider } from '../kernel.ts';
import type { LocalNetwork } from '../network/index.ts';
import { physicalName } from '../physical-name.ts';
import { Balancer } from './balancer.ts';
import { balancerNetwork, joinNetwork } from './balancer-network.ts';

interface LoadBalancerProperties {
  Name?: string;
  Type?: string;
  Scheme?: string;
  LoadBalancerAttributes?: { Key?: string; Value?: string }[];
}

/** Accepted attributes: true when an attribute has an effect here. Others are an error. */
const ATTRIBUTES: Readonly<Record<string, boolean>> = {
  'idle_timeout.timeout_seconds': true,
  'routing.http.drop_invalid_header_fields.enabled': true,
  'deletion_protection.enabled': false,
  'access_logs.s3.enabled': false,
  'routing.http2.enabled': false,
};

function readAttributes(context: ResourceContext): Map<string, string> {
  const { LoadBalancerAttributes = [] } = context.properties as LoadBalancerProperties;
  const pairs = LoadBalancerAttributes.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  for (const [key] of pairs) {
    if (!Object.hasOwn(ATTRIBUTES, key)) {
      throw new Error(`${context.stack}/${context.logicalId}: unknown attribute ${key}`);
    }
  }
  return new Map(pairs);
}

/** Creates `AWS::ElasticLoadBalancingV2::LoadBalancer`. Its DNS name includes the port. */
export function balancerProvider(
  balancers: Map<string, Balancer>,
  network?: LocalNetwork,
): ResourceProvider {
  return {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: {
      Name: 'honoured',
      Type: 'honoured',
      Scheme: 'honoured',
      LoadBalancerAttributes: 'honoured',
      Subnets: 'honoured',
      SubnetMappings: 'honoured',
      SecurityGroups: 'honoured',
      IpAddressType: { ignored: 'addresses are IPv4 here' },
      Tags: { ignored: 'nothing is billed here' },
    },
    async create(context) {
      const { stack, logicalId, kernel } = context;
      const properties = context.properties as LoadBalancerProperties;
      if ((properties.Type ?? 'application') !== 'application') {
        throw new Error(`${stack}/${logicalId}: only application load balancers are supported`);
      }
      const attributes = readAttributes(context);
      const name = properties.Name ?? physicalName(stack, logicalId, 32);
      const fullName = `app/${name}/${'0'.repeat(16)}`;
      const arn = kernel.arn('elasticloadbalancing', `loadbalancer/${fullName}`);
      const internal = properties.Scheme === 'internal';
      const place = network && balancerNetwork(context, network, () => balancer.listenerPort);
      const balancer: Balancer = new Balancer({
        arn,
        port: internal ? 0 : kernel.publicPort(stack),
        address: internal ? '127.0.0.1' : kernel.publicAddress,
        idleTimeoutMs: Number(attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000,
        dropsInvalidHeaders:
          attributes.get('routing.http.drop_invalid_header_fields.enabled') === 'true',
        network: place,
      });
      const host = await balancer.open();
      const leave = network && place && joinNetwork(balancer, place, network);
      balancers.set(arn, balancer);
      return {
        physicalId: arn,
        attributes: {
          LoadBalancerArn: arn,
          LoadBalancerFullName: fullName,
          LoadBalancerName: name,
          DNSName: host,
          CanonicalHostedZoneID: 'Z35SXDOTRQ7X7K',
          SecurityGroups: place?.interface.groups ?? [],
        },
        async stop(graceMs) {
          balancers.delete(arn);
          await balancer.close(graceMs);
          leave?.();
        },
      };
    },
  };
}
