import type { ResourceContext, ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import { type HealthCheckSettings, statusMatcher } from './health-check.ts';
import { TargetGroup } from './target-group.ts';
import { targetGroups } from './target-groups.ts';

interface TargetGroupProperties {
  Name?: string;
  Protocol?: string;
  TargetType?: string;
  HealthCheckPath?: string;
  HealthCheckIntervalSeconds?: number;
  HealthCheckTimeoutSeconds?: number;
  HealthyThresholdCount?: number;
  UnhealthyThresholdCount?: number;
  Matcher?: { HttpCode?: string };
  TargetGroupAttributes?: { Key?: string; Value?: string }[];
}

/** Defaults are AWS's (User Guide for Application Load Balancers, "Health checks"). */
function healthCheck(properties: TargetGroupProperties): HealthCheckSettings {
  return {
    path: properties.HealthCheckPath ?? '/',
    intervalMs: Number(properties.HealthCheckIntervalSeconds ?? 30) * 1000,
    timeoutMs: Number(properties.HealthCheckTimeoutSeconds ?? 5) * 1000,
    healthyThreshold: Number(properties.HealthyThresholdCount ?? 5),
    unhealthyThreshold: Number(properties.UnhealthyThresholdCount ?? 2),
    matches: statusMatcher(properties.Matcher?.HttpCode ?? '200'),
  };
}

const DEFAULT_DRAIN_SECONDS = 300;

/**
 * Returns the deregistration delay in seconds.
 * @throws Error that names an unsupported attribute
 */
function drainSeconds({ stack, logicalId, properties }: ResourceContext): number {
  const { TargetGroupAttributes = [] } = properties as TargetGroupProperties;
  let seconds = DEFAULT_DRAIN_SECONDS;
  for (const { Key, Value } of TargetGroupAttributes) {
    if (Key === 'deregistration_delay.timeout_seconds') seconds = Number(Value);
    else if (Key !== 'stickiness.enabled' || Value !== 'false') {
      throw new Error(`${stack}/${logicalId}: unknown attribute ${Key}=${Value}`);
    }
  }
  return seconds;
}

/** Provides `AWS::ElasticLoadBalancingV2::TargetGroup`. Container services register their tasks. */
export const targetGroupProvider: ResourceProvider = {
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  properties: {
    Name: 'honoured',
    Protocol: 'honoured',
    TargetType: 'honoured',
    HealthCheckPath: 'honoured',
    HealthCheckIntervalSeconds: 'honoured',
    HealthCheckTimeoutSeconds: 'honoured',
    HealthyThresholdCount: 'honoured',
    UnhealthyThresholdCount: 'honoured',
    Matcher: 'honoured',
    TargetGroupAttributes: 'honoured',
    HealthCheckEnabled: { ignored: 'IP targets are always checked, as on AWS' },
    HealthCheckPort: { ignored: 'tasks have one port here' },
    HealthCheckProtocol: { ignored: 'traffic on the loopback interface is not encrypted' },
    ProtocolVersion: { ignored: 'targets always use HTTP/1.1' },
    Port: { ignored: 'each task has its own port here' },
    VpcId: { ignored: 'everything runs on the loopback interface' },
    IpAddressType: { ignored: 'everything runs on the loopback interface' },
    Tags: { ignored: 'nothing is billed here' },
  },
  async create(context) {
    const { stack, logicalId, kernel } = context;
    const properties = context.properties as TargetGroupProperties;
    if (properties.Protocol !== 'HTTP' || properties.TargetType !== 'ip') {
      throw new Error(`${stack}/${logicalId}: only HTTP target groups of type ip are supported`);
    }
    const name = properties.Name ?? physicalName(stack, logicalId, 32);
    const fullName = `targetgroup/${name}/${'0'.repeat(16)}`;
    const arn = kernel.arn('elasticloadbalancing', fullName);
    const drainMs = drainSeconds(context) * 1000;
    const group = new TargetGroup(arn, healthCheck(properties), drainMs);
    targetGroups(kernel).set(arn, group);
    return {
      physicalId: arn,
      attributes: { TargetGroupArn: arn, TargetGroupFullName: fullName, TargetGroupName: name },
      async stop() {
        targetGroups(kernel).delete(arn);
        group.close();
      },
    };
  },
};
