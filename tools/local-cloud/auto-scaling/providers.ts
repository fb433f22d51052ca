import type { LocalEcs } from '../ecs/index.ts';
import type { Kernel, ResourceContext, ResourceProvider } from '../kernel.ts';
import { targetGroups } from '../load-balancer/index.ts';
import { type Metric, processorUtilization, requestsPerTarget } from './metrics.ts';
import { ScalableTarget } from './scalable-target.ts';
import { TargetTracking } from './target-tracking.ts';

/** The default cool-down of ECS services. */
const DEFAULT_COOLDOWN_SECONDS = 300;

interface TrackingConfiguration {
  TargetValue?: number;
  ScaleOutCooldown?: number;
  ScaleInCooldown?: number;
  DisableScaleIn?: boolean;
  PredefinedMetricSpecification?: { PredefinedMetricType?: string; ResourceLabel?: string };
}

/** Creates `AWS::ApplicationAutoScaling::ScalableTarget`, for container services only. */
function scalableTargetProvider(
  ecs: LocalEcs,
  targets: Map<string, ScalableTarget>,
): ResourceProvider {
  return {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    properties: {
      MinCapacity: 'honoured',
      MaxCapacity: 'honoured',
      ResourceId: 'honoured',
      ScalableDimension: 'honoured',
      ServiceNamespace: 'honoured',
      RoleARN: { ignored: 'AWS uses its service-linked role, which every account has' },
    },
    async create({ stack, logicalId, properties, kernel }) {
      const { MinCapacity, MaxCapacity, ResourceId, ScalableDimension } = properties;
      const name = /^service\/[^/]+\/(.+)$/.exec(String(ResourceId))?.[1];
      if (!name || ScalableDimension !== 'ecs:service:DesiredCount') {
        throw new Error(`${stack}/${logicalId}: only the task count of an ECS service can scale`);
      }
      const target = new ScalableTarget(
        ecs.service(name),
        Number(MinCapacity),
        Number(MaxCapacity),
      );
      target.register();
      const physicalId = `${ResourceId}|${ScalableDimension}|ecs`;
      targets.set(physicalId, target);
      return {
        physicalId,
        start: async () => target.start(kernel.metricSeconds * 1000),
        async stop() {
          target.stop();
          targets.delete(physicalId);
        },
      };
    },
  };
}

/** Creates `AWS::ApplicationAutoScaling::ScalingPolicy`, for target tracking only. */
function scalingPolicyProvider(targets: ReadonlyMap<string, ScalableTarget>): ResourceProvider {
  return {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    properties: {
      PolicyName: 'honoured',
      PolicyType: 'honoured',
      ScalingTargetId: 'honoured',
      TargetTrackingScalingPolicyConfiguration: 'honoured',
    },
    async create(context) {
      const { stack, logicalId, properties, kernel } = context;
      const target = targets.get(String(properties.ScalingTargetId));
      if (!target || properties.PolicyType !== 'TargetTrackingScaling') {
        throw new Error(
          `${stack}/${logicalId}: only target tracking of a scalable target is supported`,
        );
      }
      const configuration = properties.TargetTrackingScalingPolicyConfiguration ?? {};
      const settings = configuration as TrackingConfiguration;
      const tracking = new TargetTracking({
        target: Number(settings.TargetValue),
        scaleOutCooldownMs: Number(settings.ScaleOutCooldown ?? DEFAULT_COOLDOWN_SECONDS) * 1000,
        scaleInCooldownMs: Number(settings.ScaleInCooldown ?? DEFAULT_COOLDOWN_SECONDS) * 1000,
        scalesIn: settings.DisableScaleIn !== true,
      });
      const metric = readMetric(settings, target, context);
      const remove = target.add({ tracking, metric });
      const name = String(properties.PolicyName ?? logicalId);
      const Arn = kernel.arn('autoscaling', `scalingPolicy:policyName/${name}`);
      return { physicalId: Arn, attributes: { Arn }, stop: async () => remove() };
    },
  };
}

function readMetric(
  { PredefinedMetricSpecification: metric = {} }: TrackingConfiguration,
  { service }: ScalableTarget,
  { stack, logicalId, kernel }: ResourceContext,
): Metric {
  const { PredefinedMetricType: type, ResourceLabel: label = '' } = metric;
  if (type === 'ECSServiceAverageCPUUtilization') {
    const { processors } = service.settings.definition;
    return processorUtilization(() => service.processes().map(({ pid }) => ({ pid, processors })));
  }
  // `app/<load balancer>/<id>/targetgroup/<target group>/<id>`
  const fullName = label.slice(label.indexOf('targetgroup/'));
  const group = [...targetGroups(kernel).values()].find(({ arn }) => arn.endsWith(fullName));
  if (type === 'ALBRequestCountPerTarget' && label.includes('targetgroup/') && group) {
    return requestsPerTarget(group);
  }
  throw new Error(`${stack}/${logicalId}: unsupported metric ${type} ${label}`);
}

/** Creates Application Auto Scaling: target tracking for container services. */
export function createAutoScaling(
  _kernel: Kernel,
  ecs: LocalEcs,
): { readonly providers: ResourceProvider[] } {
  const targets = new Map<string, ScalableTarget>();
  return { providers: [scalableTargetProvider(ecs, targets), scalingPolicyProvider(targets)] };
}
