import { resourcesOf, type StackTemplate } from '../complexity/stack-template.ts';
import { secretVariables } from './secret-variables.ts';
import {
  WEB_ENDPOINT,
  type WebFunctionInventory,
  webFunctionsOf,
} from './web-functions/template-inventory.ts';

export type Architecture = 'arm64' | 'x86_64';

/** The task definition and scaling settings of a container service. */
export interface TaskInventory {
  readonly service: string;
  readonly vcpu: number;
  readonly memoryGb: number;
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Target utilization of scaling, from 0 to 1. */
  readonly targetUtilization: number;
  readonly publicIp: boolean;
  /** Number of queues that each task polls. */
  readonly queues: number;
  readonly secrets: number;
}

export interface FunctionInventory {
  /** `catalog-http`, `catalog-worker`. */
  readonly name: string;
  readonly service: string;
  readonly memoryMb: number;
  /** Sandboxes that are always initialized. */
  readonly provisioned: number;
  /** Number of queues that AWS polls for the function. */
  readonly queues: number;
  /** Scheduled invocations per month. */
  readonly scheduled: number;
  readonly secrets: number;
}

/** The billable resources in a variant's templates: sizes and counts, without traffic. */
export interface Inventory {
  readonly variant: string;
  readonly architecture: Architecture;
  readonly tasks: readonly TaskInventory[];
  readonly functions: readonly FunctionInventory[];
  readonly webFunctions: readonly WebFunctionInventory[];
  readonly front: 'load-balancer' | 'http-api' | 'rest-api' | 'cdn';
  readonly loadBalancers: readonly { readonly publicAddresses: number; readonly rules: number }[];
  readonly natGateways: number;
  /** Absent without a CDN. */
  readonly cdn?: { readonly functions: number };
  readonly tables: readonly { readonly indexes: number; readonly recovery: boolean }[];
  readonly secrets: number;
  readonly alarms: number;
  readonly dashboards: number;
  readonly kmsKeys: number;
  readonly firewalls: readonly { readonly rules: number }[];
}

/** ECS Express Mode creates the service, and a load balancer that all of its services share. */
const EXPRESS = 'AWS::ECS::ExpressGatewayService';
/** It has an address in each zone of the default network, of which two are counted, and a rule per service. */
const EXPRESS_BALANCER = { publicAddresses: 2, rules: 4 };

/** Counts the billable resources of one variant. @param stacks the stacks of this variant only */
export function takeInventory(variant: string, stacks: readonly StackTemplate[]): Inventory {
  const count = (type: string) => resourcesOf(stacks, type).length;
  const edgeFunctions = count('AWS::CloudFront::Function');
  const rules = count('AWS::ElasticLoadBalancingV2::ListenerRule');
  return {
    variant,
    architecture: architectureOf(stacks),
    tasks: [
      ...resourcesOf(stacks, 'AWS::ECS::TaskDefinition').map(({ stack, properties }) =>
        taskOf(stack, properties),
      ),
      ...resourcesOf(stacks, EXPRESS).map(({ stack, properties }) =>
        expressTask(stack, properties),
      ),
    ],
    functions: resourcesOf(stacks, 'AWS::Lambda::Function').map(({ stack, id, properties }) =>
      functionOf(stack, id, properties),
    ),
    webFunctions: webFunctionsOf(stacks),
    front: frontOf(count),
    loadBalancers:
      count(EXPRESS) > 0
        ? [EXPRESS_BALANCER]
        : resourcesOf(stacks, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(
            ({ properties }) => ({
              // An internet-facing load balancer has one address per zone.
              publicAddresses:
                properties.Scheme === 'internet-facing'
                  ? (properties.Subnets as unknown[]).length
                  : 0,
              rules,
            }),
          ),
    natGateways: count('AWS::EC2::NatGateway'),
    ...(count('AWS::CloudFront::Distribution') > 0 ? { cdn: { functions: edgeFunctions } } : {}),
    tables: resourcesOf(stacks, 'AWS::DynamoDB::Table').map(({ properties }) => ({
      indexes: ((properties.GlobalSecondaryIndexes as unknown[]) ?? []).length,
      recovery: Boolean(
        (properties.PointInTimeRecoverySpecification as Record<string, unknown>)
          ?.PointInTimeRecoveryEnabled,
      ),
    })),
    secrets: count('AWS::SecretsManager::Secret'),
    alarms: count('AWS::CloudWatch::Alarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    kmsKeys: count('AWS::KMS::Key'),
    // A managed rule group is billed as one rule.
    firewalls: resourcesOf(stacks, 'AWS::WAFv2::WebACL').map(({ properties }) => ({
      rules: (properties.Rules as unknown[]).length,
    })),
  };
}

function frontOf(count: (type: string) => number): Inventory['front'] {
  if (count(EXPRESS) > 0) return 'load-balancer';
  if (count('AWS::ElasticLoadBalancingV2::LoadBalancer') > 0) return 'load-balancer';
  if (count(WEB_ENDPOINT) > 0) return 'cdn';
  return count('AWS::ApiGateway::RestApi') > 0 ? 'rest-api' : 'http-api';
}

function architectureOf(stacks: readonly StackTemplate[]): Architecture {
  const found = JSON.stringify([
    resourcesOf(stacks, 'AWS::ECS::TaskDefinition').map((one) => one.properties.RuntimePlatform),
    resourcesOf(stacks, 'AWS::Lambda::Function').map((one) => one.properties.Architectures),
  ]);
  return found.includes('ARM64') || found.includes('arm64') ? 'arm64' : 'x86_64';
}

interface ExpressProperties {
  readonly Cpu: string;
  readonly Memory: string;
  readonly PrimaryContainer: Container;
  readonly ScalingTarget: {
    readonly MinTaskCount: number;
    readonly MaxTaskCount: number;
    readonly AutoScalingTargetValue: number;
  };
}

function expressTask(stack: StackTemplate, properties: unknown): TaskInventory {
  const { Cpu, Memory, PrimaryContainer, ScalingTarget } = properties as ExpressProperties;
  const { Environment = [], Secrets = [] } = PrimaryContainer;
  return {
    service: stack.part,
    vcpu: Number(Cpu) / 1024,
    memoryGb: Number(Memory) / 1024,
    minTasks: ScalingTarget.MinTaskCount,
    maxTasks: ScalingTarget.MaxTaskCount,
    targetUtilization: ScalingTarget.AutoScalingTargetValue / 100,
    publicIp: true,
    queues: Environment.filter(({ Name }) => Name.endsWith('QUEUE_URL')).length,
    secrets: Secrets.length,
  };
}

interface Container {
  readonly Environment?: readonly { readonly Name: string }[];
  readonly Secrets?: readonly unknown[];
}

function taskOf(stack: StackTemplate, properties: Readonly<Record<string, unknown>>) {
  const containers = properties.ContainerDefinitions as readonly Container[];
  const names = containers.flatMap(({ Environment = [] }) => Environment.map(({ Name }) => Name));
  const only = (type: string) => resourcesOf([stack], type)[0]?.properties ?? {};
  const scaling = only('AWS::ApplicationAutoScaling::ScalableTarget');
  const policy = only('AWS::ApplicationAutoScaling::ScalingPolicy')
    .TargetTrackingScalingPolicyConfiguration as Record<string, number> | undefined;
  const desired = Number(only('AWS::ECS::Service').DesiredCount ?? 1);
  return {
    service: stack.part,
    vcpu: Number(properties.Cpu) / 1024,
    memoryGb: Number(properties.Memory) / 1024,
    minTasks: Number(scaling.MinCapacity ?? desired),
    maxTasks: Number(scaling.MaxCapacity ?? desired),
    targetUtilization: (policy?.TargetValue ?? 100) / 100,
    publicIp: JSON.stringify(only('AWS::ECS::Service').NetworkConfiguration ?? {}).includes(
      '"AssignPublicIp":"ENABLED"',
    ),
    queues: names.filter((name) => name.endsWith('QUEUE_URL')).length,
    secrets: containers.flatMap(({ Secrets = [] }) => Secrets).length,
  };
}

function functionOf(
  stack: StackTemplate,
  id: string,
  properties: Readonly<Record<string, unknown>>,
): FunctionInventory {
  const variables =
    (properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ??
    {};
  const names = (value: unknown, ids: readonly string[]) =>
    ids.some((one) => JSON.stringify(value ?? '').includes(`"${one}"`));
  const aliases = resourcesOf([stack], 'AWS::Lambda::Alias').filter((alias) =>
    names(alias.properties.FunctionName, [id]),
  );
  // With an alias, callers name it instead of the function.
  const ofThis = (value: unknown) => names(value, [id, ...aliases.map((alias) => alias.id)]);
  return {
    name: `${stack.part}-${id.toLowerCase()}`,
    service: stack.part,
    memoryMb: Number(properties.MemorySize ?? 128),
    provisioned: aliases.reduce((sum, { properties }) => sum + provisionedBy(properties), 0),
    queues: resourcesOf([stack], 'AWS::Lambda::EventSourceMapping').filter(
      (one) =>
        ofThis(one.properties.FunctionName) &&
        // Stream reads by a function are free.
        one.properties.StartingPosition === undefined,
    ).length,
    scheduled: resourcesOf([stack], 'AWS::Events::Rule')
      .filter((one) => ofThis(one.properties.Targets))
      .reduce((sum, one) => sum + perMonth(one.properties.ScheduleExpression), 0),
    secrets: secretVariables(variables),
  };
}

function provisionedBy(alias: Readonly<Record<string, unknown>>): number {
  const config = alias.ProvisionedConcurrencyConfig as Record<string, unknown> | undefined;
  return Number(config?.ProvisionedConcurrentExecutions ?? 0);
}

const UNIT_HOURS: Record<string, number> = { minute: 1 / 60, hour: 1, day: 24 };

/** Occurrences of `rate(1 hour)` in a month of 730 hours; 0 for any other expression. */
function perMonth(expression: unknown): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? [];
  return count === undefined ? 0 : 730 / (Number(count) * (UNIT_HOURS[unit] ?? 1));
}
