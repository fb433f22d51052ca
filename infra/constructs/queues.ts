import type { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { alarmWhenNotEmpty } from './alarms.ts';
import { MAX_DELIVERIES, RETENTION } from './limits.ts';
import { encryptUnderOwnKey } from './own-key.ts';

interface QueueOptions {
  readonly visibility: Duration;
  readonly delay?: Duration;
  readonly maxReceiveCount?: number;
}

/** Checkov looks for a key of KMS only, although SQS also encrypts with a key of its own. */
const ENCRYPTED_BY_SQS =
  'SQS encrypts it with its own key (SqsManagedSseEnabled), without a charge per message.';

/** Creates a queue with a dead-letter queue, and an alarm on the latter. */
export function queueWithDeadLetters(scope: Construct, id: string, options: QueueOptions): Queue {
  const safe = {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: RETENTION,
  };
  const deadLetters = new Queue(scope, `${id}DeadLetters`, safe);
  alarmWhenNotEmpty(deadLetters);
  const queue = new Queue(scope, id, {
    ...safe,
    visibilityTimeout: options.visibility,
    ...(options.delay ? { deliveryDelay: options.delay } : {}),
    deadLetterQueue: {
      queue: deadLetters,
      maxReceiveCount: options.maxReceiveCount ?? MAX_DELIVERIES,
    },
  });
  for (const one of [deadLetters, queue]) {
    if (!encryptUnderOwnKey(one)) acknowledge(one, { CKV_AWS_27: ENCRYPTED_BY_SQS });
  }
  return queue;
}
