import {
  CONTEXT_NAMES,
  CORE_CONTEXTS,
  contextsWith,
  QUEUE_IDS,
  VARIANTS,
} from '@triptych/context-map';
import { MEMORY_MB, PROCESS_MB } from '@triptych/images/core';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const { templates, ofType } = await synthesize();
const functions = ofType('AWS::Lambda::Function');
const tasks = ofType('AWS::ECS::TaskDefinition');
const mappings = ofType('AWS::Lambda::EventSourceMapping');
const queues = ofType('AWS::SQS::Queue');
const stacksWithOutbox = contextsWith('stream', true)
  .map((name) => `triptych-serverless-${name}`)
  .sort();

describe('functions', () => {
  it('have limits, run on ARM and log to their own group', () => {
    for (const { stack, id, properties } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(properties.Timeout, `${stack}/${id}`).toBeLessThanOrEqual(30);
      expect(properties.MemorySize).toBeGreaterThanOrEqual(512);
      const group = properties.LoggingConfig.LogGroup.Ref;
      expect(templates[stack]?.Resources[group]?.Properties).toEqual({ RetentionInDays: 14 });
    }
  });

  it('are one pair per context in serverless, one in the hybrid and one per simulator', () => {
    const artifactsOf = (part: string) =>
      functions
        .filter(({ properties }) => properties.Handler === `index.${part}`)
        .map(({ metadata }) => String(metadata['triptych:artifact']).split('dist/apps/')[1]);
    const expected = [
      'hybrid/images',
      ...VARIANTS.map(() => 'payment-simulator/simulator'),
      ...CONTEXT_NAMES.map((name) => `serverless/${name}`),
    ].sort();
    expect(artifactsOf('http').sort()).toEqual(expected);
    expect(artifactsOf('worker').sort()).toEqual(expected);
  });

  it('report batch failures individually and cap their concurrency', () => {
    const ofQueues = mappings.filter(({ properties }) => properties.ScalingConfig);
    // Every queue of serverless, the queue of images in the hybrid, and one per simulator.
    const expected = Object.keys(QUEUE_IDS).length + 1 + VARIANTS.length;
    expect(ofQueues).toHaveLength(expected);
    for (const { properties } of mappings) {
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
    for (const { properties } of ofQueues) {
      expect(properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    }
  });

  it('receive only new outbox entries from the streams of contexts with an outbox', () => {
    const ofStreams = mappings.filter(({ properties }) => properties.FilterCriteria);
    expect(ofStreams.map(({ stack }) => stack)).toEqual(stacksWithOutbox);
    for (const { properties } of ofStreams) {
      expect(JSON.parse(properties.FilterCriteria.Filters[0].Pattern)).toEqual({
        eventName: ['INSERT'],
        dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } },
      });
    }
  });

  it('hide a message for more than six times their timeout', () => {
    const visibility = (queue: string) =>
      queues.find(
        ({ stack, id }) =>
          stack === 'triptych-serverless-state' && new RegExp(`^${queue}(?!Dead)`).test(id),
      )?.properties.VisibilityTimeout;
    for (const name of CONTEXT_NAMES) {
      const worker = functions.find(
        ({ stack, id }) => stack === `triptych-serverless-${name}` && id === 'Worker',
      );
      expect(visibility(QUEUE_IDS[name])).toBeGreaterThan(6 * worker?.properties.Timeout);
    }
    expect(visibility('DeadlineQueue')).toBe(visibility('PaymentsQueue'));
  });

  it('sweep the outbox hourly for entries that the stream dropped', () => {
    const sweeps = ofType('AWS::Events::Rule').filter(({ id }) => id.startsWith('Sweep'));
    expect(sweeps.map(({ stack }) => stack)).toEqual(stacksWithOutbox);
    for (const { properties } of sweeps) {
      expect(properties.ScheduleExpression).toBe('rate(1 hour)');
      expect(properties.Targets).toEqual([
        expect.objectContaining({ Arn: { 'Fn::GetAtt': ['Worker', 'Arn'] } }),
      ]);
    }
  });

  it('get the ARNs of secrets, never the values', () => {
    for (const { properties } of functions) {
      const names = Object.keys(properties.Environment.Variables);
      expect(names.filter((n) => /(KEY|SECRET)$/.test(n))).toEqual([]);
    }
  });
});

describe('container services', () => {
  it('are all contexts in microservices and the core in the hybrid, with two tasks each', () => {
    const services = ofType('AWS::ECS::Service');
    const expected = [
      ...CORE_CONTEXTS.map((name) => `hybrid-${name}`),
      ...CONTEXT_NAMES.map((name) => `microservices-${name}`),
    ];
    expect(services.map(({ stack }) => stack.replace('triptych-', '')).sort()).toEqual(
      expected.sort(),
    );
    for (const { properties } of services) {
      expect(properties, 'a deployment would reset a scaled service').not.toHaveProperty(
        'DesiredCount',
      );
      expect(properties.DeploymentConfiguration.DeploymentCircuitBreaker.Enable).toBe(true);
    }
    const targets = ofType('AWS::ApplicationAutoScaling::ScalableTarget');
    expect(targets.map(({ stack }) => stack)).toEqual(services.map(({ stack }) => stack));
    for (const { properties } of targets) {
      expect(properties).toMatchObject({ MinCapacity: 2, MaxCapacity: 8 });
    }
    expect(ofType('AWS::ApplicationAutoScaling::ScalingPolicy')).toHaveLength(services.length);
  });

  it('run on ARM with a read-only file system and keep their logs for 14 days', () => {
    for (const { stack, properties } of tasks) {
      expect(properties.RuntimePlatform.CpuArchitecture).toBe('ARM64');
      const [container] = properties.ContainerDefinitions;
      expect(container).toMatchObject({ ReadonlyRootFilesystem: true, StopTimeout: 20 });
      // The image sets the command, including Node's permission model.
      expect(container).not.toHaveProperty('Command');
      const group = container.LogConfiguration.Options['awslogs-group'].Ref;
      expect(templates[stack]?.Resources[group]?.Properties).toEqual({ RetentionInDays: 14 });
    }
  });

  it('get traffic only while they are ready', () => {
    for (const { stack, properties } of ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      const context = stack.replace(/^triptych-[a-z]+-/, '');
      expect(properties.HealthCheckPath).toBe(`/${context}/health/ready`);
    }
  });

  it('stay in service while they are slow for a moment', () => {
    for (const { properties } of ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      const { HealthCheckIntervalSeconds, UnhealthyThresholdCount } = properties;
      expect(HealthCheckIntervalSeconds * UnhealthyThresholdCount).toBeGreaterThanOrEqual(60);
      expect(properties.HealthCheckTimeoutSeconds).toBeGreaterThanOrEqual(8);
    }
  });

  it('are released without a lost request: new tasks first, then the old ones drain', () => {
    for (const { properties } of ofType('AWS::ECS::Service')) {
      expect(properties.DeploymentConfiguration).toEqual({
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      });
      expect(properties.HealthCheckGracePeriodSeconds).toBe(60);
    }
    for (const { properties } of ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      const attributes: { Key: string; Value: string }[] = properties.TargetGroupAttributes;
      const delay = attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
      // ECS sends SIGTERM after this delay, so a request has 15 s to finish, and then what the process itself waits.
      expect(Number(delay?.Value)).toBe(15);
    }
  });

  it('accept connections from the load balancer only', () => {
    for (const { properties } of ofType('AWS::EC2::SecurityGroup')) {
      if (properties.GroupDescription.startsWith('Tasks')) {
        expect(properties).not.toHaveProperty('SecurityGroupIngress');
      }
    }
    expect(ofType('AWS::EC2::NatGateway')).toEqual([]);
  });
});

describe('wherever pictures are decoded', () => {
  const memoryOf = [
    ...functions.map(({ stack, id, properties }) => ({
      part: `${stack}/${id}`,
      memoryMb: Number(properties.MemorySize),
    })),
    ...tasks.map(({ stack, properties }) => ({ part: stack, memoryMb: Number(properties.Memory) })),
  ].filter(({ part }) => /-images(\/|$)/.test(part));

  it('there is memory for all pictures at a time, and for the process itself', () => {
    expect(memoryOf.map(({ part }) => part).sort()).toEqual([
      'triptych-hybrid-images/Http',
      'triptych-hybrid-images/Worker',
      'triptych-microservices-images',
      'triptych-serverless-images/Http',
      'triptych-serverless-images/Worker',
    ]);
    for (const { part, memoryMb } of memoryOf) {
      expect(memoryMb, part).toBeGreaterThanOrEqual(MEMORY_MB + PROCESS_MB);
    }
  });
});
