import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEcs, type LocalEcs } from '../ecs/index.ts';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud, eventually } from '../lambda/testing/compute-cloud.ts';
import { createLoadBalancer } from '../load-balancer/index.ts';
import { createAutoScaling } from './index.ts';

const ELB = 'AWS::ElasticLoadBalancingV2';
const SCALING = 'AWS::ApplicationAutoScaling';
const application = `import http from 'node:http';
http.createServer((request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
if (process.env.BUSY) setInterval(() => { const end = Date.now() + 40; while (Date.now() < end); }, 1);
process.on('SIGTERM', () => process.exit(0));
`;
const cooldowns = { ScaleOutCooldown: 0, ScaleInCooldown: 0 };

let cloud: ComputeCloud;
let ecs: LocalEcs;
let origin: string;
let groupLabel: string;
let groupArn: string;

beforeAll(async () => {
  cloud = computeCloud();
  ecs = createEcs(cloud.kernel);
  const scaling = createAutoScaling(cloud.kernel, ecs);
  cloud.add([createLoadBalancer(cloud.kernel), ecs, scaling].flatMap(({ providers }) => providers));
  const balancer = await cloud.create(`${ELB}::LoadBalancer`, 'LoadBalancer', {});
  origin = `http://${balancer.attributes?.DNSName}`;
  const group = await cloud.create(`${ELB}::TargetGroup`, 'Group', {
    Protocol: 'HTTP',
    TargetType: 'ip',
    HealthCheckIntervalSeconds: 0.05,
  });
  groupArn = group.physicalId;
  groupLabel = `app/balancer/0000/${group.attributes?.TargetGroupFullName}`;
  await cloud.create(`${ELB}::Listener`, 'Listener', {
    LoadBalancerArn: balancer.physicalId,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn }],
  });
});
afterAll(() => cloud.stop());

interface Scaled {
  readonly container?: object;
  readonly service?: object;
  /** Tasks, at least. */
  readonly minimum?: number;
}

/** Creates a service that may scale to three tasks. Returns a count of its tasks. */
async function scaled(
  name: string,
  metric: object,
  target: number,
  { container = {}, service = {}, minimum = 1 }: Scaled = {},
) {
  const artifact = cloud.artifact(`dist/${name}`, { 'index.mjs': application });
  const ContainerDefinitions = [{ Name: name, StopTimeout: 1, ...container }];
  const { physicalId: TaskDefinition } = await cloud.create(
    'AWS::ECS::TaskDefinition',
    `D${name}`,
    { ContainerDefinitions, Cpu: '256' },
    artifact,
  );
  const made = await cloud.create('AWS::ECS::Service', name, { TaskDefinition, ...service });
  const scalable = await cloud.create(`${SCALING}::ScalableTarget`, `S${name}`, {
    MinCapacity: minimum,
    MaxCapacity: 3,
    ResourceId: `service/cluster/${made.attributes?.Name}`,
    ScalableDimension: 'ecs:service:DesiredCount',
    ServiceNamespace: 'ecs',
  });
  await cloud.create(`${SCALING}::ScalingPolicy`, `P${name}`, {
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: scalable.physicalId,
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: target,
      PredefinedMetricSpecification: metric,
      ...cooldowns,
    },
  });
  await made.start?.();
  await scalable.start?.();
  return () => ecs.processes().filter(({ source }) => source === name).length;
}

describe('target tracking of container services', () => {
  it('adds tasks up to the maximum under load, and removes them afterwards', async () => {
    const count = await scaled(
      'Asked',
      { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: groupLabel },
      60,
      { service: { LoadBalancers: [{ TargetGroupArn: groupArn }] } },
    );
    const statuses = new Set<number>();
    const ask = async () => statuses.add((await rawRequest(origin, '/')).status);
    await eventually(async () => (await ask()) && count() === 3);
    await eventually(() => count() === 1);
    await ask();
    expect([...statuses]).toEqual([200]);
  });

  it.runIf(process.platform === 'linux')('adds tasks while their processors are busy', async () => {
    const busy = { Environment: [{ Name: 'BUSY', Value: '1' }] };
    const metric = { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' };
    const count = await scaled('Busy', metric, 60, { container: busy });
    await eventually(() => count() > 1);
  });

  it('start with the minimum of tasks', async () => {
    const metric = { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' };
    const count = await scaled('Pair', metric, 60, { minimum: 2 });
    expect(count()).toBe(2);
  });

  it('rejects and names an unsupported metric', async () => {
    const metric = { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' };
    await expect(scaled('Odd', metric, 60)).rejects.toThrow(
      'unsupported metric ECSServiceAverageMemory',
    );
  });
});
