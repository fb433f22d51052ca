import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { UNFINISHED_CHECK_PERIOD } from './limits.ts';

const PERIOD = Duration.minutes(5);

/** Raises an alarm when the dead-letter queue has messages. */
export function alarmWhenNotEmpty(deadLetters: Queue): void {
  alarm(deadLetters, 'NotEmpty', {
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({
      period: PERIOD,
      statistic: 'Maximum',
    }),
    threshold: 1,
    description: 'Messages could not be handled and are in the dead-letter queue.',
  });
}

/** Raises an alarm when the oldest message of the queue is older than `age`. */
export function alarmWhenOlder(queue: Queue, age: Duration, description: string): void {
  alarm(queue, 'TooOld', {
    metric: queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: 'Maximum' }),
    threshold: age.toSeconds(),
    description,
  });
}

/** Raises an alarm when payments reports an order that should have ended long ago. */
export function alarmOnUnfinishedOrders(scope: Construct, deployment: Deployment): void {
  const { variant, settings } = deployment;
  const { stage } = settings;
  alarm(scope, 'UnfinishedOrders', {
    metric: new Metric({
      namespace: 'Triptych',
      metricName: 'UnfinishedOrders',
      dimensionsMap: { service: 'payments', variant, ...(stage && { stage }) },
      period: UNFINISHED_CHECK_PERIOD,
      statistic: 'Sum',
    }),
    threshold: 1,
    description: 'Orders have not ended long after their deadline. The log of payments names them.',
  });
}

/**
 * Raises alarms when an execution fails or times out: its order may have ended, but its stock is still held.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function alarmOnFailedExecutions(
  coordinator: LambdaFunction | StateMachine,
  metricNames: readonly string[],
): void {
  for (const metricName of metricNames) {
    alarm(coordinator, metricName, {
      metric: coordinator.metric(metricName, { period: PERIOD, statistic: 'Sum' }),
      threshold: 1,
      description:
        'A checkout has not been completed. The history of its execution shows the step.',
    });
  }
}

/** Raises an alarm at five responses with a 5xx status in five minutes. */
export function alarmOnServerErrors(scope: Construct, origin: string, errors: IMetric): Alarm {
  return alarm(scope, `${origin}Errors`, {
    metric: errors,
    threshold: 5,
    description: 'Requests were answered with 5xx.',
  });
}

/** Raises an alarm at the first failed invocation of an alias in a minute: an exception, a timeout or a crash. */
export function alarmOnFailedInvocations(alias: Alias): Alarm {
  return alarm(alias, 'Failing', {
    metric: alias.metricErrors({ period: Duration.minutes(1), statistic: 'Sum' }),
    threshold: 1,
    description: 'Invocations failed. A release that is under way is rolled back.',
  });
}

interface AlarmOptions {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly description: string;
}

function alarm(scope: Construct, id: string, { metric, threshold, description }: AlarmOptions) {
  return new Alarm(scope, id, {
    metric,
    threshold,
    alarmDescription: description,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // No data means no traffic, which is not a fault.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
