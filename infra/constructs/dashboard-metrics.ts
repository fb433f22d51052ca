import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnExpressGatewayService, type FargateService } from 'aws-cdk-lib/aws-ecs';

/**
 * The number of samples of a service's CPU utilization. Every running task sends one per minute, so with a period of one
 * minute this is the number of tasks. Container Insights would have a metric for it, at a price.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html#cw_running_task_count
 */
export function runningTasks(
  service: FargateService | CfnExpressGatewayService,
  period: Duration,
): Metric {
  const statistic = 'SampleCount';
  if (!(service instanceof CfnExpressGatewayService)) {
    return service.metricCpuUtilization({ period, statistic });
  }
  // Without a cluster of its own, a service of Express Mode is in the account's default cluster.
  const { serviceName = '' } = service;
  const dimensionsMap = { ClusterName: 'default', ServiceName: serviceName };
  return new Metric({
    namespace: 'AWS/ECS',
    metricName: 'CPUUtilization',
    dimensionsMap,
    period,
    statistic,
  });
}
