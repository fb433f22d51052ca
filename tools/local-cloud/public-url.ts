import type { DeployedStack } from './cloudformation/index.ts';

/** Attribute that holds the address of a public entry, by resource type, in order of preference. */
const addressAttributes: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'DomainName',
  'AWS::ApiGatewayV2::Api': 'ApiEndpoint',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'DNSName',
};

/**
 * Where browsers reach a stack: the port it was given, or else the address of its CDN, API or load balancer.
 * @throws Error when it has none of these
 */
export function publicUrl(stack: DeployedStack, port: number): string {
  if (port > 0) return `http://127.0.0.1:${port}`;
  for (const [type, attribute] of Object.entries(addressAttributes)) {
    const entry = [...stack.resources.values()].find((resource) => resource.type === type);
    const address = entry?.created.attributes?.[attribute];
    if (typeof address === 'string') {
      return address.startsWith('http') ? address : `http://${address}`;
    }
  }
  throw new Error(`Stack ${stack.name} has no public entry.`);
}
