import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http, { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud, eventually } from '../lambda/testing/compute-cloud.ts';
import { createLoadBalancer, type TargetGroup, targetGroups } from './index.ts';

const TYPE = 'AWS::ElasticLoadBalancingV2';
let cloud: ComputeCloud;
let origin: string;
let ListenerArn: string;
const servers: Server[] = [];

beforeAll(async () => {
  cloud = computeCloud();
  cloud.add(createLoadBalancer(cloud.kernel).providers);
  const balancer = await cloud.create(`${TYPE}::LoadBalancer`, 'LoadBalancer', {
    Scheme: 'internet-facing',
    LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '2' }],
  });
  origin = `http://${balancer.attributes?.DNSName}`;
  const listener = await cloud.create(`${TYPE}::Listener`, 'Listener', {
    LoadBalancerArn: balancer.physicalId,
    Port: 80,
    DefaultActions: [
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'none' },
      },
    ],
  });
  ListenerArn = listener.physicalId;
});
afterAll(async () => {
  await cloud.stop();
  for (const server of servers) server.close().closeAllConnections();
});

async function server(onRequest: RequestListener): Promise<{ port: number; server: Server }> {
  const created = createServer(onRequest);
  servers.push(created);
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
  return { port: (created.address() as AddressInfo).port, server: created };
}

/** Creates a target group behind `/{name}/*`. */
async function group(name: string, priority: number, settings = {}): Promise<TargetGroup> {
  const created = await cloud.create(`${TYPE}::TargetGroup`, `Targets${name}`, {
    Protocol: 'HTTP',
    TargetType: 'ip',
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: 0.05,
    HealthCheckTimeoutSeconds: 1,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '2' }],
    ...settings,
  });
  const TargetGroupArn = created.physicalId;
  await cloud.create(`${TYPE}::ListenerRule`, `Rule${name}`, {
    ListenerArn,
    Priority: priority,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [`/${name}/*`] } }],
    Actions: [{ Type: 'forward', TargetGroupArn }],
  });
  const found = targetGroups(cloud.kernel).get(TargetGroupArn);
  if (!found) throw new Error('no group');
  return found;
}

function healthy(targets: TargetGroup, count: number): Promise<boolean> {
  return eventually(
    () => targets.targets.filter(({ state }) => state === 'healthy').length === count,
  );
}

describe('load balancer', () => {
  it('uses the default action when no rule matches', async () => {
    const answer = await rawRequest(origin, '/nowhere');
    expect([answer.status, answer.body.toString()]).toEqual([404, 'none']);
  });

  it('answers 503 while a group has no healthy target', async () => {
    await group('empty', 1);
    const answer = await rawRequest(origin, '/empty/x');
    expect(answer.status).toBe(503);
    expect(answer.body.toString()).toContain('503 Service Temporarily Unavailable');
  });

  it('forwards the raw path, adds the client address, and streams both ways', async () => {
    const targets = await group('echo', 2);
    const { port } = await server((request, response) => {
      response.writeHead(request.url === '/health' ? 200 : 201, {
        'set-cookie': ['a=1', 'b=2'],
        'x-url': request.url ?? '',
        'x-host': request.headers.host ?? '',
        'x-for': request.headers['x-forwarded-for'] ?? '',
        'x-trace': request.headers['x-amzn-trace-id'] ?? '',
      });
      request.pipe(response);
    });
    targets.register('127.0.0.1', port);
    await healthy(targets, 1);
    const body = Buffer.alloc(3_000_000, 7);
    const headers = { 'x-forwarded-for': '10.0.0.1', host: 'shop.example' };
    const answer = await rawRequest(origin, '/echo/%2e%2e/a%2Fb?c=%20', {
      method: 'POST',
      headers,
      body,
    });
    expect(answer.status).toBe(201);
    expect(answer.body.equals(body)).toBe(true);
    expect(answer.headers).toMatchObject({
      'x-url': '/echo/%2e%2e/a%2Fb?c=%20',
      'x-host': 'shop.example',
      'x-for': '10.0.0.1, 127.0.0.1',
      'set-cookie': ['a=1', 'b=2'],
    });
    expect(answer.headers['x-trace']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it('alternates between healthy targets and skips one that fails its health checks', async () => {
    const targets = await group('turn', 3);
    let secondIsHealthy = true;
    const first = await server((_, response) => response.end('first'));
    const second = await server((_, response) => {
      response.writeHead(secondIsHealthy ? 200 : 500).end('second');
    });
    targets.register('127.0.0.1', first.port);
    targets.register('127.0.0.1', second.port);
    await healthy(targets, 2);
    const ask = async (): Promise<string> => (await rawRequest(origin, '/turn/x')).body.toString();
    expect(new Set([await ask(), await ask()])).toEqual(new Set(['first', 'second']));
    secondIsHealthy = false;
    await healthy(targets, 1);
    expect([await ask(), await ask(), await ask()]).toEqual(['first', 'first', 'first']);
    secondIsHealthy = true;
    await healthy(targets, 2);
  });

  it('answers 502 when a target closes the connection and 504 when it times out', async () => {
    const targets = await group('bad', 4);
    const { port } = await server((request, response) => {
      if (request.url === '/health') response.end();
      else if (request.url === '/bad/reset') request.socket.destroy();
    });
    targets.register('127.0.0.1', port);
    await healthy(targets, 1);
    expect((await rawRequest(origin, '/bad/reset')).status).toBe(502);
    expect((await rawRequest(origin, '/bad/silent')).status).toBe(504);
  });

  it('discards the rest of a rejected body, so that the connection stays usable', async () => {
    const targets = await group('full', 7);
    // In its own process, so that part of the body is still queued when the answer arrives.
    const rejecting = `require('node:http').createServer((request, response) => {
      response.writeHead(request.url === '/health' ? 200 : 413).end('too large');
    }).listen(0, '127.0.0.1', function () { process.send(this.address().port); });`;
    const child = spawn(process.execPath, ['-e', rejecting], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const [port] = (await once(child, 'message')) as [number];
      targets.register('127.0.0.1', port);
      await healthy(targets, 1);
      const body = Buffer.alloc(6_000_000);
      for (let n = 0; n < 10; n += 1) {
        const answer = await rawRequest(origin, '/full/x', { method: 'POST', body, agent });
        expect([answer.status, String(answer.body)]).toEqual([413, 'too large']);
      }
      expect((await rawRequest(origin, '/nowhere', { agent })).status).toBe(404);
    } finally {
      child.kill();
      agent.destroy();
    }
  });

  it('closes a connection to a target after the idle timeout, before the target does', async () => {
    const targets = await group('idle', 8);
    const sockets: Socket[] = [];
    const { port, server: target } = await server((request, response) => {
      if (request.method === 'POST') sockets.push(request.socket);
      response.end('ok');
    });
    // The target itself keeps idle connections open.
    target.keepAliveTimeout = 0;
    targets.register('127.0.0.1', port);
    await healthy(targets, 1);
    const send = () => rawRequest(origin, '/idle/x', { method: 'POST', body: 'x' });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    expect(sockets[1]).toBe(sockets[0]);
    await eventually(() => sockets[0]?.destroyed);
  });

  it('sends no new requests to a draining target and lets in-flight ones finish', async () => {
    const targets = await group('drain', 5);
    const { port } = await server((request, response) => {
      if (request.url === '/health') response.end();
      else setTimeout(() => response.end('finished'), 500);
    });
    const target = targets.register('127.0.0.1', port);
    await healthy(targets, 1);
    const running = rawRequest(origin, '/drain/x');
    await eventually(() => target.inFlight === 1);
    const gone = targets.deregister(target);
    expect((await rawRequest(origin, '/drain/x')).status).toBe(503);
    await gone;
    expect((await running).body.toString()).toBe('finished');
  });

  it('stops draining after the deregistration delay', async () => {
    const targets = await group('hasty', 6, {
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }],
    });
    const held: (() => void)[] = [];
    const { port } = await server((request, response) => {
      if (request.url === '/health') response.end();
      else held.push(() => response.end('late'));
    });
    const target = targets.register('127.0.0.1', port);
    await healthy(targets, 1);
    const running = rawRequest(origin, '/hasty/x');
    await eventually(() => held.length === 1);
    await targets.deregister(target);
    expect(target.inFlight).toBe(1);
    for (const finish of held) finish();
    expect((await running).body.toString()).toBe('late');
  });
});
