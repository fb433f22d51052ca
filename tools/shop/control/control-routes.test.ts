import { noFaults } from '@triptych/local-cloud';
import { expect, test } from 'vitest';
import { type ControlledShop, controlRoutes } from './control-routes.ts';
import { renderFaults, renderStatus } from './render-status.ts';

const process = (stack: string, source: string, pid: number) => ({
  ...{ stack, source, pid, kind: 'function' as const, startedAt: 0 },
});

/** A shop that runs the hybrid, without the stack of the payment provider. */
function hybridShop() {
  const killed: string[] = [];
  const released: string[] = [];
  const faults = noFaults();
  const processes = [
    process('triptych-hybrid-catalog', 'Service', 11),
    process('triptych-hybrid-images', 'Http', 12),
    process('triptych-hybrid-images', 'Worker', 13),
  ];
  const shop = {
    variants: ['hybrid'],
    logs: {},
    baseUrl: { microservices: '', serverless: '', hybrid: 'http://127.0.0.1:4003' },
    cloud: {
      isDeployed: (stack: string) => /^triptych-hybrid-(auth|catalog|images)$/.test(stack),
      processes: () => processes,
      kill: (stack: string, source: string) => {
        killed.push(`${stack}/${source}`);
        return 1;
      },
      restart: async (stack: string) => void released.push(stack),
      misbehave: (change: object) => void Object.assign(faults, change),
      heal: () => void Object.assign(faults, noFaults()),
      faults: () => faults,
      awsServices: ['dynamodb', 'events'],
      services: { sqs: { depths: () => ({}), deliverDelayedNow: () => 2 } },
    },
  } as unknown as ControlledShop;
  const routes = controlRoutes(shop);
  const call = (route: string, body: Record<string, unknown> = {}) => {
    const [, path = ''] = route.split(' ');
    return routes[route.split('?', 1)[0] ?? '']?.(new URL(path, 'http://127.0.0.1:4000'), body);
  };
  return { call, killed, released };
}

test('kills every process of a service', () => {
  const { call, killed } = hybridShop();
  const answer = call('POST /control/kill', { variant: 'hybrid', service: 'images' });
  expect(answer).toEqual({ killed: 2 });
  expect(killed).toEqual(['triptych-hybrid-images/Http', 'triptych-hybrid-images/Worker']);
});

test('a service without a process is not an error', () => {
  const { call } = hybridShop();
  expect(call('POST /control/kill', { variant: 'hybrid', service: 'auth' })).toEqual({ killed: 0 });
});

test.each([
  [{ variant: 'hybrid', service: 'basket' }, 'auth, catalog, images (got "basket")'],
  [{ variant: 'hybrid' }, 'auth, catalog, images (got "")'],
  [{ variant: 'hybrid', service: 'provider' }, 'auth, catalog, images (got "provider")'],
  [{ variant: 'monolith', service: 'auth' }, 'microservices, serverless, hybrid (got "monolith")'],
  [{ variant: 'serverless', service: 'auth' }, 'serverless is not running; running: hybrid'],
  [{ variant: 'hybrid', srevice: 'auth' }, 'Unknown member "srevice"'],
])('kill names what does not exist: %j', (body, message) => {
  const { call, killed } = hybridShop();
  expect(() => call('POST /control/kill', body)).toThrow(message);
  expect(killed).toEqual([]);
});

test('releases a service', async () => {
  const { call, released } = hybridShop();
  const answer = await call('POST /control/release', { variant: 'hybrid', service: 'catalog' });
  expect(answer).toEqual({ released: 'triptych-hybrid-catalog' });
  expect(released).toEqual(['triptych-hybrid-catalog']);
});

test('release names what does not exist', async () => {
  const { call, released } = hybridShop();
  const body = { variant: 'hybrid', service: 'basket' };
  await expect(call('POST /control/release', body)).rejects.toThrow('(got "basket")');
  expect(released).toEqual([]);
});

test('names an AWS service that does not exist', () => {
  const { call } = hybridShop();
  expect(() => call('POST /control/misbehave', { away: ['events', 'dynamo'] })).toThrow(
    'There is no AWS service "dynamo"; there are: dynamodb, events.',
  );
});

test.each(['GET /control/spans', 'GET /control/trace'])('%s names a missing parameter', (route) => {
  const { call } = hybridShop();
  expect(() => call(route)).toThrow(/^Add the parameter (traceId|order): \/control\//);
});

test('shows services, processes and faults, and heals', () => {
  const { call } = hybridShop();
  call('POST /control/misbehave', { addLatencyMs: 200, away: ['events'] });
  const shown = renderStatus(call('GET /control/status') as never);
  expect(shown).toContain('http://127.0.0.1:4003');
  expect(shown).toMatch(/catalog +process 11\n/);
  expect(shown).toMatch(/auth +no running process\n/);
  expect(shown).toMatch(/faults +slow 200; cut-off events \(end with npm run break -- heal\)$/);
  expect(renderFaults(call('POST /control/heal') as never)).toMatch(/faults +none$/);
});
