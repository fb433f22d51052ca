import type { ResourceProvider } from '../kernel.ts';
import { networkProvider } from './network-provider.ts';
import { checkRange } from './ranges.ts';
import { GATEWAY_SERVICES } from './reach.ts';
import type { Route, Topology, VpcEndpoint } from './topology.ts';
import { isTrue } from './vpc-providers.ts';

function routeTableProvider(topology: Topology): ResourceProvider {
  return networkProvider<{ VpcId: string }>(
    topology,
    'AWS::EC2::RouteTable',
    { VpcId: 'honoured' },
    ({ VpcId }, { id, name }) =>
      topology.routeTables.set(id, {
        ...{ id, name },
        vpc: topology.vpc(VpcId).id,
        routes: new Set(),
      }),
  );
}

interface RouteProperties {
  RouteTableId: string;
  DestinationCidrBlock?: string;
  GatewayId?: string;
  NatGatewayId?: string;
}

function routeProvider(topology: Topology): ResourceProvider {
  return networkProvider<RouteProperties>(
    topology,
    'AWS::EC2::Route',
    {
      RouteTableId: 'honoured',
      DestinationCidrBlock: 'honoured',
      GatewayId: 'honoured',
      NatGatewayId: 'honoured',
    },
    ({ RouteTableId, DestinationCidrBlock, GatewayId, NatGatewayId }) => {
      const { routes } = topology.routeTable(RouteTableId);
      const route: Route = {
        destination: checkRange(DestinationCidrBlock),
        target: NatGatewayId === undefined ? { gateway: String(GatewayId) } : { nat: NatGatewayId },
      };
      routes.add(route);
    },
  );
}

function associationProvider(topology: Topology): ResourceProvider {
  return networkProvider<{ SubnetId: string; RouteTableId: string }>(
    topology,
    'AWS::EC2::SubnetRouteTableAssociation',
    { SubnetId: 'honoured', RouteTableId: 'honoured' },
    ({ SubnetId, RouteTableId }) => {
      const subnet = topology.subnet(SubnetId).id;
      topology.tableOfSubnet.set(subnet, topology.routeTable(RouteTableId).id);
    },
  );
}

interface EndpointProperties {
  VpcId: string;
  ServiceName: string;
  VpcEndpointType?: string;
  PrivateDnsEnabled?: unknown;
  RouteTableIds?: string[];
  SubnetIds?: string[];
  SecurityGroupIds?: string[];
}

/**
 * A VPC endpoint. Only S3 and DynamoDB have gateway endpoints ("Gateway endpoints" in the AWS
 * PrivateLink guide). The type is `Gateway` and private DNS is off by default (reference of
 * `AWS::EC2::VPCEndpoint`).
 */
function endpointProvider(topology: Topology): ResourceProvider {
  return networkProvider<EndpointProperties>(
    topology,
    'AWS::EC2::VPCEndpoint',
    {
      VpcId: 'honoured',
      ServiceName: 'honoured',
      VpcEndpointType: 'honoured',
      PrivateDnsEnabled: 'honoured',
      RouteTableIds: 'honoured',
      SubnetIds: 'honoured',
      SecurityGroupIds: 'honoured',
      PolicyDocument: { ignored: 'endpoint policies are not evaluated' },
    },
    (properties, { id, name }) => {
      const endpoint = readEndpoint(topology, properties, id, name);
      topology.endpoints.set(id, endpoint);
    },
  );
}

function readEndpoint(
  topology: Topology,
  properties: EndpointProperties,
  id: string,
  name: string,
): VpcEndpoint {
  const { ServiceName, VpcEndpointType: kind = 'Gateway' } = properties;
  const service = ServiceName.replace(/^com\.amazonaws\.[a-z0-9-]+\./, '');
  if (kind !== 'Gateway' && kind !== 'Interface') {
    throw new Error(`VPC endpoints of type ${kind} are not supported`);
  }
  if (kind === 'Gateway' && !GATEWAY_SERVICES.includes(service)) {
    throw new Error(`${ServiceName} has no gateway endpoints; only S3 and DynamoDB have them`);
  }
  const vpc = topology.vpc(properties.VpcId);
  return {
    ...{ id, name, service, kind, vpc: vpc.id },
    privateDns: isTrue(properties.PrivateDnsEnabled),
    routeTables: properties.RouteTableIds ?? [],
    subnets: properties.SubnetIds ?? [],
    groups: properties.SecurityGroupIds ?? [vpc.defaultGroup],
  };
}

/** The providers of route tables, routes and VPC endpoints. */
export function routeProviders(topology: Topology): ResourceProvider[] {
  return [
    routeTableProvider(topology),
    routeProvider(topology),
    associationProvider(topology),
    endpointProvider(topology),
  ];
}
