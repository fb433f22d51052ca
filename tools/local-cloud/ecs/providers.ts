import type { ResourceProvider } from '../kernel.ts';
import { targetGroups } from '../load-balancer/index.ts';
import { physicalName } from '../physical-name.ts';
import { ContainerService } from './service.ts';
import {
  readTaskDefinition,
  type TaskDefinition,
  taskDefinitionProperties,
} from './task-definition.ts';

const noTags = { ignored: 'nothing is billed here' };
const noNetwork = { ignored: 'there is one network here, the loopback interface' };
const noDeployments = { ignored: 'a service is started once here, not updated' };

const clusterProvider: ResourceProvider = {
  type: 'AWS::ECS::Cluster',
  properties: {
    ClusterName: 'honoured',
    ClusterSettings: { ignored: 'there is no CloudWatch' },
    CapacityProviders: { ignored: 'tasks are processes of this machine' },
    Configuration: { ignored: 'there is nothing to log in to' },
    Tags: noTags,
  },
  async create({ stack, logicalId, properties, kernel }) {
    const name = (properties.ClusterName as string) ?? physicalName(stack, logicalId, 255);
    return { physicalId: name, attributes: { Arn: kernel.arn('ecs', `cluster/${name}`) } };
  },
};

function taskDefinitionProvider(definitions: Map<string, TaskDefinition>): ResourceProvider {
  return {
    type: 'AWS::ECS::TaskDefinition',
    properties: taskDefinitionProperties,
    async create(context) {
      const definition = readTaskDefinition(context);
      definitions.set(definition.arn, definition);
      const { arn } = definition;
      return {
        physicalId: arn,
        attributes: { TaskDefinitionArn: arn },
        stop: async () => void definitions.delete(arn),
      };
    },
  };
}

interface ServiceProperties {
  ServiceName?: string;
  TaskDefinition?: string;
  DesiredCount?: number;
  HealthCheckGracePeriodSeconds?: number;
  LoadBalancers?: { TargetGroupArn?: string }[];
}

/** `AWS::ECS::Service`: what a process on this machine has of it. */
export const serviceProperties: ResourceProvider['properties'] = {
  ServiceName: 'honoured',
  TaskDefinition: 'honoured',
  DesiredCount: 'honoured',
  LoadBalancers: 'honoured',
  HealthCheckGracePeriodSeconds: 'honoured',
  Cluster: { ignored: 'every task runs on this machine' },
  LaunchType: { ignored: 'tasks are processes of this machine' },
  CapacityProviderStrategy: { ignored: 'tasks are processes of this machine' },
  PlatformVersion: { ignored: 'tasks are processes of this machine' },
  NetworkConfiguration: noNetwork,
  ServiceConnectConfiguration: noNetwork,
  DeploymentConfiguration: noDeployments,
  DeploymentController: noDeployments,
  AvailabilityZoneRebalancing: noDeployments,
  EnableExecuteCommand: { ignored: 'there is nothing to log in to' },
  EnableECSManagedTags: noTags,
  PropagateTags: noTags,
  Tags: noTags,
};

function serviceProvider(
  definitions: ReadonlyMap<string, TaskDefinition>,
  services: Map<string, ContainerService>,
): ResourceProvider {
  return {
    type: 'AWS::ECS::Service',
    properties: serviceProperties,
    async create({ stack, logicalId, properties, kernel }) {
      const settings = properties as ServiceProperties;
      const definition = definitions.get(String(settings.TaskDefinition));
      if (!definition) throw new Error(`${stack}/${logicalId}: no task definition`);
      const groups = (settings.LoadBalancers ?? []).map(({ TargetGroupArn }) => {
        const group = targetGroups(kernel).get(String(TargetGroupArn));
        if (!group) throw new Error(`${stack}/${logicalId}: no target group ${TargetGroupArn}`);
        return group;
      });
      const name = settings.ServiceName ?? physicalName(stack, logicalId, 255);
      const arn = kernel.arn('ecs', `service/${name}`);
      const desiredCount = Number(settings.DesiredCount ?? 1);
      const graceMs = Math.max(60, Number(settings.HealthCheckGracePeriodSeconds ?? 0)) * 1000;
      const service = new ContainerService(
        { name, arn, stack, logicalId, definition, desiredCount, groups, graceMs },
        kernel,
      );
      services.set(name, service);
      return {
        physicalId: arn,
        attributes: { Name: name, ServiceArn: arn },
        start: () => service.start(),
        async stop(stopGraceMs) {
          await service.stop(stopGraceMs);
          services.delete(name);
        },
      };
    },
  };
}

/** CloudFormation types of ECS. */
export function ecsProviders(services: Map<string, ContainerService>): ResourceProvider[] {
  const definitions = new Map<string, TaskDefinition>();
  return [
    clusterProvider,
    taskDefinitionProvider(definitions),
    serviceProvider(definitions, services),
  ];
}
