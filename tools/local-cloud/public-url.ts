import type { DeployedStack } from './cloudformation/index.ts';

/**
 * The attribute that holds the address of a public entry point, by resource type, in order of
 * preference.
 */
const ADDRESS_ATTRIBUTES: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'DomainName',
  'AWS::ApiGatewayV2::Api': 'ApiEndpoint',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'DNSName',
};

/**
 * The URL at which browsers reach a stack: its configured port, or else the address of its CDN, API
 * or load balancer.
 * @throws Error when the stack has no public entry point
 */
export function publicUrl(stack: DeployedStack, port: number): string {
  if (port > 0) return `http://127.0.0.1:${port}`;
  for (const [type, attribute] of Object.entries(ADDRESS_ATTRIBUTES)) {
    const entry = [...stack.resources.values()].find((resource) => resource.type === type);
    const address = entry?.created.attributes?.[attribute];
    if (typeof address === 'string') {
      return address.startsWith('http') ? address : `http://${address}`;
    }
  }
  throw new Error(`Stack ${stack.name} has no public entry point.`);
}
