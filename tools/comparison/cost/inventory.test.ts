import { expect, test } from 'vitest';
import type { StackTemplate } from '../complexity/stack-template.ts';
import { takeInventory } from './inventory.ts';

const container = {
  Environment: [{ Name: 'QUEUE_URL' }, { Name: 'DEADLINE_QUEUE_URL' }, { Name: 'PORT' }],
  Secrets: [{ Name: 'PROVIDER_KEY' }],
};
const payments: StackTemplate = {
  variant: 'microservices',
  part: 'payments',
  resources: {
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Cpu: '256',
        Memory: '512',
        RuntimePlatform: { CpuArchitecture: 'ARM64' },
        ContainerDefinitions: [container],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        DesiredCount: 2,
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
      },
    },
    Count: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { MinCapacity: 2, MaxCapacity: 8 },
    },
    Cpu: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: { TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 } },
    },
    Route: { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule' },
  },
};
const front: StackTemplate = {
  variant: 'microservices',
  part: 'front',
  resources: {
    LoadBalancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Scheme: 'internet-facing', Subnets: ['a', 'b'] },
    },
    Alarm: { Type: 'AWS::CloudWatch::Alarm' },
    Dashboard: { Type: 'AWS::CloudWatch::Dashboard' },
  },
};

test('a container service is read from its task definition and scaling', () => {
  expect(takeInventory('microservices', [payments, front])).toMatchObject({
    architecture: 'arm64',
    front: 'load-balancer',
    alarms: 1,
    dashboards: 1,
    tasks: [
      {
        service: 'payments',
        vcpu: 0.25,
        memoryGb: 0.5,
        minTasks: 2,
        maxTasks: 8,
        targetUtilization: 0.6,
        publicIp: true,
        queues: 2,
        secrets: 1,
      },
    ],
    loadBalancers: [{ publicAddresses: 2, rules: 1 }],
  });
});

test('a function counts its queues and schedules, but not its stream', () => {
  const catalog: StackTemplate = {
    variant: 'serverless',
    part: 'catalog',
    resources: {
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          MemorySize: 1024,
          Architectures: ['x86_64'],
          Environment: { Variables: { KEY_ARN: 'a', TABLE: 't' } },
        },
      },
      Messages: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'Worker' }, BatchSize: 10 },
      },
      Stream: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'Worker' }, StartingPosition: 'TRIM_HORIZON' },
      },
      Sweep: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 hour)',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Worker', 'Arn'] } }],
        },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
    },
  };
  expect(takeInventory('serverless', [catalog])).toMatchObject({
    architecture: 'x86_64',
    front: 'http-api',
    functions: [
      {
        name: 'catalog-worker',
        memoryMb: 1024,
        provisioned: 0,
        queues: 1,
        scheduled: 730,
        secrets: 1,
      },
    ],
  });
});

test('a function with an alias counts what calls the alias, and its provisioned sandboxes', () => {
  const catalog: StackTemplate = {
    variant: 'serverless',
    part: 'catalog',
    resources: {
      Worker: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1024 } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Worker' },
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
        },
      },
      Messages: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'Live' }, BatchSize: 10 },
      },
    },
  };
  const [worker] = takeInventory('serverless', [catalog]).functions;
  expect(worker).toMatchObject({ provisioned: 3, queues: 1 });
});

test('a firewall counts its rules', () => {
  const edge: StackTemplate = {
    variant: 'hybrid',
    part: 'images',
    resources: { Firewall: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}, {}] } } },
  };
  expect(takeInventory('hybrid', [edge]).firewalls).toEqual([{ rules: 3 }]);
});
