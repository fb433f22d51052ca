import type { Kernel, ResourceProvider } from '../kernel.ts';
import { targetGroups } from '../load-balancer/index.ts';
import type { LocalNetwork } from '../network/index.ts';
import { physicalName } from '../physical-name.ts';
import { type DeploymentConfiguration, readDeploymentSettings } from './deployment-settings.ts';
import { ContainerService } from './service.ts';
import {
  readTaskDefinition,
  TASK_DEFINITION_PROPERTIES,
  type TaskDefinition,
} from './task-definition.ts';
import { TaskNetwork, type VpcConfiguration } from './task-network.ts';

const NO_TAGS = { ignored: 'nothing is billed here' };

const clusterProvider: ResourceProvider = {
  type: 'AWS::ECS::Cluster',
  properties: {
    ClusterName: 'honoured',
    ClusterSettings: { ignored: 'there is no CloudWatch' },
    CapacityProviders: { ignored: 'tasks are processes on this machine' },
    Configuration: { ignored: 'ECS Exec is not supported' },
    Tags: NO_TAGS,
  },
  async create({ stack, logicalId, properties, kernel }) {
    const name = (properties.ClusterName as string) ?? physicalName(stack, logicalId, 255);
    return { physicalId: name, attributes: { Arn: kernel.arn('ecs', `cluster/${name}`) } };
  },
};

function taskDefinitionProvider(definitions: Map<string, TaskDefinition>): ResourceProvider {
  return {
    type: 'AWS::ECS::TaskDefinition',
    properties: TASK_DEFINITION_PROPERTIES,
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
  LoadBalancers?: { TargetGroupArn?: string; ContainerPort?: number }[];
  DeploymentConfiguration?: DeploymentConfiguration;
  NetworkConfiguration?: { AwsvpcConfiguration?: VpcConfiguration };
}

/** Support for the properties of `AWS::ECS::Service`. */
export const SERVICE_PROPERTIES: ResourceProvider['properties'] = {
  ServiceName: 'honoured',
  TaskDefinition: 'honoured',
  DesiredCount: 'honoured',
  DeploymentConfiguration: 'honoured',
  LoadBalancers: 'honoured',
  HealthCheckGracePeriodSeconds: 'honoured',
  Cluster: { ignored: 'every task runs on this machine' },
  LaunchType: { ignored: 'tasks are processes on this machine' },
  CapacityProviderStrategy: { ignored: 'tasks are processes on this machine' },
  PlatformVersion: { ignored: 'tasks are processes on this machine' },
  NetworkConfiguration: 'honoured',
  ServiceConnectConfiguration: { ignored: 'tasks find one another by their base URL' },
  DeploymentController: { ignored: 'every deployment is a rolling update' },
  AvailabilityZoneRebalancing: { ignored: 'there is one zone' },
  EnableExecuteCommand: { ignored: 'ECS Exec is not supported' },
  EnableECSManagedTags: NO_TAGS,
  PropagateTags: NO_TAGS,
  Tags: NO_TAGS,
};

function serviceProvider(
  definitions: ReadonlyMap<string, TaskDefinition>,
  services: Map<string, ContainerService>,
  localNetwork: LocalNetwork | undefined,
): ResourceProvider {
  return {
    type: 'AWS::ECS::Service',
    properties: SERVICE_PROPERTIES,
    async create({ stack, logicalId, properties, kernel }) {
      const settings = properties as ServiceProperties;
      const definition = definitions.get(String(settings.TaskDefinition));
      if (!definition) throw new Error(`${stack}/${logicalId}: unknown task definition`);
      const groups = (settings.LoadBalancers ?? []).map(({ TargetGroupArn }) => {
        const group = targetGroups(kernel).get(String(TargetGroupArn));
        if (!group) {
          throw new Error(`${stack}/${logicalId}: unknown target group ${TargetGroupArn}`);
        }
        return group;
      });
      const name = settings.ServiceName ?? physicalName(stack, logicalId, 255);
      const arn = kernel.arn('ecs', `service/${name}`);
      const desiredCount = Number(settings.DesiredCount ?? 1);
      const graceMs = Math.max(60, Number(settings.HealthCheckGracePeriodSeconds ?? 0)) * 1000;
      const deployment = readDeploymentSettings(
        `${stack}/${logicalId}`,
        settings.DeploymentConfiguration ?? {},
      );
      const network =
        localNetwork && readNetwork({ stack, logicalId }, settings, localNetwork, kernel);
      const service = new ContainerService(
        {
          ...{ name, arn, stack, logicalId, definition, desiredCount },
          ...{ groups, graceMs, deployment, network },
        },
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

/** @throws Error without subnets, which AWS requires of tasks with the network mode `awsvpc` */
function readNetwork(
  resource: { readonly stack: string; readonly logicalId: string },
  { NetworkConfiguration, LoadBalancers }: ServiceProperties,
  network: LocalNetwork,
  kernel: Kernel,
): TaskNetwork {
  const port = Number(LoadBalancers?.[0]?.ContainerPort ?? 80);
  const configuration = NetworkConfiguration?.AwsvpcConfiguration ?? {};
  return new TaskNetwork(resource, configuration, port, network, kernel);
}

/** Returns the providers of ECS's CloudFormation types. */
export function ecsProviders(
  services: Map<string, ContainerService>,
  network?: LocalNetwork,
): ResourceProvider[] {
  const definitions = new Map<string, TaskDefinition>();
  return [
    clusterProvider,
    taskDefinitionProvider(definitions),
    serviceProvider(definitions, services, network),
  ];
}
