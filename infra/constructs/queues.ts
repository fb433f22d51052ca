import type { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarmWhenNotEmpty } from './alarms.ts';
import { MAX_DELIVERIES, RETENTION } from './limits.ts';

interface QueueOptions {
  readonly visibility: Duration;
  readonly delay?: Duration;
  readonly maxReceiveCount?: number;
}

/** Creates a queue with a dead-letter queue, and an alarm on the latter. */
export function queueWithDeadLetters(scope: Construct, id: string, options: QueueOptions): Queue {
  const safe = {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: RETENTION,
  };
  const deadLetters = new Queue(scope, `${id}DeadLetters`, safe);
  alarmWhenNotEmpty(deadLetters);
  return new Queue(scope, id, {
    ...safe,
    visibilityTimeout: options.visibility,
    ...(options.delay ? { deliveryDelay: options.delay } : {}),
    deadLetterQueue: {
      queue: deadLetters,
      maxReceiveCount: options.maxReceiveCount ?? MAX_DELIVERIES,
    },
  });
}
