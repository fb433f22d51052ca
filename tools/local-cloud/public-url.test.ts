import { expect, it } from 'vitest';
import type { DeployedStack } from './cloudformation/index.ts';
import { publicUrl } from './public-url.ts';

function stackWith(resources: Record<string, [string, Record<string, string>]>): DeployedStack {
  const entries = Object.entries(resources).map(([id, [type, attributes]]) => {
    const created = { physicalId: id, attributes };
    const resource = { type, created, createdAt: new Date(0), status: 'CREATE_COMPLETE' } as const;
    return [id, resource] as const;
  });
  const identity = {
    name: 'front',
    id: 'arn',
    createdAt: new Date(0),
    outputs: [],
    imports: new Set<string>(),
  };
  return { ...identity, status: 'CREATE_COMPLETE', resources: new Map(entries), events: [] };
}

it('uses the port configured for the stack', () => {
  expect(publicUrl(stackWith({}), 4001)).toBe('http://127.0.0.1:4001');
});

it('otherwise uses the address of the CDN, the API or the load balancer, in this order', () => {
  const balancer: [string, Record<string, string>] = [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    { DNSName: '127.0.0.1:5001' },
  ];
  expect(publicUrl(stackWith({ balancer }), 0)).toBe('http://127.0.0.1:5001');
  const api: [string, Record<string, string>] = [
    'AWS::ApiGatewayV2::Api',
    { ApiEndpoint: 'http://127.0.0.1:5002' },
  ];
  expect(publicUrl(stackWith({ balancer, api }), 0)).toBe('http://127.0.0.1:5002');
});

it('rejects a stack without a public entry point', () => {
  expect(() => publicUrl(stackWith({}), 0)).toThrow('Stack front has no public entry point');
});
