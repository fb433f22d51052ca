import type { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';

/**
 * The number of samples of a service's CPU utilization. Every running task sends one per minute, so with a period of one
 * minute this is the number of tasks. Container Insights would have a metric for it, at a price.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html#cw_running_task_count
 */
export function runningTasks(service: FargateService, period: Duration): Metric {
  return service.metricCpuUtilization({ period, statistic: 'SampleCount' });
}
