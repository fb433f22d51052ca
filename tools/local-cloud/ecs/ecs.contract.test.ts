import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud, eventually } from '../lambda/testing/compute-cloud.ts';
import { createLoadBalancer } from '../load-balancer/index.ts';
import { createEcs, type LocalEcs } from './index.ts';

const ELB = 'AWS::ElasticLoadBalancingV2';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:key-AbCdEf';

/** A service that answers with its process id. Some paths make it fail. */
const application = `import http from 'node:http';
let isHealthy = true;
const server = http.createServer((request, response) => {
  const url = request.url;
  if (url.endsWith('/health')) return response.writeHead(isHealthy ? 200 : 500).end();
  if (url.endsWith('/fail-health')) isHealthy = false;
  if (url.endsWith('/exit')) process.exit(3);
  if (url.endsWith('/env')) return response.end(JSON.stringify(process.env));
  response.end(String(process.pid));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', leave);
function leave() {
  console.log('leaving');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
}
`;

let cloud: ComputeCloud;
let ecs: LocalEcs;
let origin: string;
let ListenerArn: string;
beforeAll(async () => {
  cloud = computeCloud({
    secrets: {
      value: (arn) => (arn === SECRET ? '{"a":"from secret"}' : 'unknown'),
      arnOf: (id) => id,
    },
  });
  ecs = createEcs(cloud.kernel);
  cloud.add([...createLoadBalancer(cloud.kernel).providers, ...ecs.providers]);
  const balancer = await cloud.create(`${ELB}::LoadBalancer`, 'LoadBalancer', {});
  origin = `http://${balancer.attributes?.DNSName}`;
  const LoadBalancerArn = balancer.physicalId;
  const DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
  const listener = await cloud.create(`${ELB}::Listener`, 'Listener', {
    LoadBalancerArn,
    DefaultActions,
  });
  ListenerArn = listener.physicalId;
});
afterAll(() => cloud.stop());

let priority = 0;

/** Creates a service behind `/{name}/*` whose artifact is `source`. */
async function service(name: string, source: string, container = {}, properties = {}) {
  const { physicalId: TargetGroupArn } = await cloud.create(`${ELB}::TargetGroup`, `T${name}`, {
    Protocol: 'HTTP',
    TargetType: 'ip',
    HealthCheckPath: `/${name}/health`,
    HealthCheckIntervalSeconds: 0.05,
    UnhealthyThresholdCount: 2,
  });
  priority += 1;
  await cloud.create(`${ELB}::ListenerRule`, `R${name}`, {
    ListenerArn,
    Priority: priority,
    Conditions: [{ Field: 'path-pattern', Values: [`/${name}/*`] }],
    Actions: [{ Type: 'forward', TargetGroupArn }],
  });
  const artifact = cloud.artifact(`dist/${name}`, { 'index.mjs': source });
  const ContainerDefinitions = [{ Name: name, StopTimeout: 2, ...container }];
  const { physicalId: TaskDefinition } = await cloud.create(
    'AWS::ECS::TaskDefinition',
    `D${name}`,
    { ContainerDefinitions },
    artifact,
  );
  return cloud.create('AWS::ECS::Service', name, {
    TaskDefinition,
    LoadBalancers: [{ TargetGroupArn, ContainerName: name, ContainerPort: 8080 }],
    ...properties,
  });
}

const pidOf = async (name: string): Promise<string | false> => {
  const { status, body } = await rawRequest(origin, `/${name}/pid`);
  return status === 200 && body.toString();
};

/** Waits until a process other than `before` answers. */
const another = (name: string, before: string | false): Promise<string> =>
  eventually(async () => {
    const pid = await pidOf(name);
    return pid !== before && pid;
  });

describe('container services', () => {
  it('start resolves once all tasks answer through the load balancer', async () => {
    const created = await service('pair', application, {}, { DesiredCount: 2 });
    await created.start?.();
    const pids = new Set([await pidOf('pair'), await pidOf('pair')]);
    const listed = ecs.processes().filter(({ source }) => source === 'pair');
    expect(pids).toEqual(new Set(listed.map(({ pid }) => String(pid))));
    expect(pids.size).toBe(2);
  });

  it('starts tasks with their variables and secrets, each on its own port', async () => {
    const created = await service('env', application, {
      Environment: [
        { Name: 'PORT', Value: '8080' },
        { Name: 'A', Value: 'plain' },
      ],
      Secrets: [{ Name: 'KEY', ValueFrom: `${SECRET}:a::` }],
    });
    await created.start?.();
    const { body } = await rawRequest(origin, '/env/env');
    const env = JSON.parse(body.toString());
    expect(env).toMatchObject({ A: 'plain', KEY: 'from secret', AWS_REGION: 'us-east-1' });
    expect(env.PORT).not.toBe('8080');
    expect(env).not.toHaveProperty('HOME');
  });

  it('logs to the group of the template, in a stream per task', async () => {
    const Options = { 'awslogs-group': 'catalog-logs', 'awslogs-stream-prefix': 'catalog' };
    const logging = { Name: 'app', LogConfiguration: { LogDriver: 'awslogs', Options } };
    const logged = await service('logged', application, logging);
    await logged.start?.();
    const line = cloud.logs.find(({ group }) => group === 'catalog-logs');
    expect(line?.text).toBe('listening');
    expect(line?.stream).toMatch(/^catalog\/app\/[0-9a-f]{32}$/);
  });

  it('restarts a task when it is killed, exits, or fails its health checks', async () => {
    await (await service('phoenix', application)).start?.();
    const first = await pidOf('phoenix');
    expect(ecs.kill('triptych-test/phoenix')).toBe(1);
    const second = await another('phoenix', first);
    await rawRequest(origin, '/phoenix/exit').catch(() => undefined);
    const third = await another('phoenix', second);
    await rawRequest(origin, '/phoenix/fail-health');
    await another('phoenix', third);
  });

  it('start rejects with the last line of a task that cannot start', async () => {
    const created = await service('broken', `console.error('PORT is on fire'); process.exit(1);`);
    await expect(created.start?.()).rejects.toThrow(
      /triptych-test\/broken does not start \(exit code 1\); its last line: PORT is on fire/,
    );
    await created.stop?.(2000);
  });

  it('restarts with the current artifact, without a failed request', async () => {
    const created = await service('rolling', application);
    await created.start?.();
    const first = await pidOf('rolling');
    cloud.artifact('dist/rolling', {
      'index.mjs': application.replace('String(process.pid)', `'new ' + process.pid`),
    });
    let done = false;
    const settled = () => {
      done = true;
    };
    const restarted = ecs.restart('triptych-test');
    restarted.then(settled, settled);
    const statuses = new Set<number>();
    while (!done) statuses.add((await rawRequest(origin, '/rolling/pid')).status);
    await restarted;
    expect(await pidOf('rolling')).toMatch(/^new /);
    expect([...statuses]).toEqual([200]);
    await eventually(() => ecs.processes().every(({ pid }) => String(pid) !== first));
  });

  it('keeps its old tasks when the new artifact does not start', async () => {
    const created = await service('careful', application);
    await created.start?.();
    const first = await pidOf('careful');
    cloud.artifact('dist/careful', { 'index.mjs': `console.log('no good'); process.exit(1);` });
    await expect(ecs.restart('triptych-test')).rejects.toThrow(/careful does not start.*no good/);
    expect(await pidOf('careful')).toBe(first);
    cloud.artifact('dist/careful', { 'index.mjs': application });
  });

  it.each([
    ['with a circuit breaker', { Enable: true, Rollback: true }, 3],
    ['without a circuit breaker', { Enable: false, Rollback: false }, 5],
  ])('%s a deployment fails after a number of lost tasks', async (_, breaker, lost) => {
    const name = breaker.Enable ? 'breaker' : 'patient';
    const configuration = { DeploymentConfiguration: { DeploymentCircuitBreaker: breaker } };
    const created = await service(
      name,
      `process.exit(1);`,
      {},
      { DesiredCount: 1, ...configuration },
    );
    await expect(created.start?.()).rejects.toThrow('does not start');
    const ends = cloud.logs.filter(
      ({ source, text }) => source === name && text.startsWith('task ended'),
    );
    expect(ends).toHaveLength(lost);
    await created.stop?.(2000);
  });

  it.each([
    [{ MaximumPercent: 100 }, 'MaximumPercent must be 200 or more'],
    [{ MinimumHealthyPercent: 50 }, 'MinimumHealthyPercent must be 100'],
    [{ Strategy: 'BLUE_GREEN' }, 'unsupported: Strategy'],
  ])('rejects a deployment that it cannot make: %j', async (DeploymentConfiguration, message) => {
    const properties = { DeploymentConfiguration };
    const name = `other${Object.keys(DeploymentConfiguration)}`.toLowerCase();
    await expect(service(name, application, {}, properties)).rejects.toThrow(message);
  });

  // Windows has no SIGTERM. Tasks are killed immediately there.
  it.runIf(process.platform !== 'win32')(
    'stops a task with SIGTERM, and with SIGKILL after its stop timeout',
    async () => {
      const polite = await service('polite', application);
      const deaf = await service(
        'deaf',
        application.replace(/process\.on.*/, `process.on('SIGTERM', () => console.log('no'));`),
        { StopTimeout: 1 },
      );
      await Promise.all([polite.start?.(), deaf.start?.()]);
      const pids = ecs.processes().filter(({ source }) => ['polite', 'deaf'].includes(source));
      await Promise.all([polite.stop?.(5000), deaf.stop?.(5000)]);
      const texts = cloud.logs.map(({ source, text }) => `${source}: ${text}`);
      expect(texts).toContain('polite: leaving');
      expect(texts).toContain('deaf: no');
      expect(pids).toHaveLength(2);
      for (const { pid } of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    },
  );
});
