import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const period = Duration.minutes(5);

/** Something could not be handled and waits for a person. */
export function alarmWhenNotEmpty(deadLetters: Queue): void {
  alarm(deadLetters, 'NotEmpty', {
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
    threshold: 1,
    description: 'Messages could not be handled and lie in the dead-letter queue.',
  });
}

/** Work has been waiting for longer than `age`. */
export function alarmWhenOlder(queue: Queue, age: Duration, description: string): void {
  alarm(queue, 'TooOld', {
    metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
    threshold: age.toSeconds(),
    description,
  });
}

/** More than a few answers in five minutes were our own fault. */
export function alarmOnServerErrors(scope: Construct, origin: string, errors: IMetric): void {
  alarm(scope, `${origin}Errors`, {
    metric: errors,
    threshold: 5,
    description: 'Requests were answered with 5xx.',
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
    // No traffic is no fault.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
