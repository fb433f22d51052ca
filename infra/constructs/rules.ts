import { contextsWith, type QueueName } from '@triptych/context-map';
import {
  COORDINATED_EVENTS,
  DEADLINE_EVENTS,
  EVENT_DEFINITIONS,
  type EventName,
  RECONCILIATION,
  SUBSCRIPTIONS,
  UNFINISHED_ORDERS_CHECK,
} from '@triptych/events';
import { Duration } from 'aws-cdk-lib';
import { type EventBus, Match, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { UPLOADS_PREFIX } from './buckets.ts';
import { UNFINISHED_CHECK_PERIOD } from './limits.ts';

/** Creates the rule that sends the named domain events from the variant's bus to a queue, if there are any names. */
function domainEvents(scope: Construct, bus: EventBus, names: readonly EventName[], queue: Queue) {
  if (names.length === 0) return;
  new Rule(scope, `${queue.node.id}Events`, {
    eventBus: bus,
    eventPattern: {
      source: [...new Set(names.map((name) => EVENT_DEFINITIONS[name].source))],
      detailType: [...names],
    },
    targets: [new SqsQueue(queue)],
  });
}

interface Feeds {
  readonly bus: EventBus;
  readonly originals: Bucket;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  /** A coordinator replaces the events of the checkout. */
  readonly coordinated: boolean;
}

/**
 * Creates all rules that feed the queues. They are in the same stack as the queues, because a rule adds itself to the queue's
 * policy. Object events and schedules are on the default bus, the only one that AWS supports for them.
 */
export function rules(scope: Construct, feeds: Feeds): void {
  const { bus, originals, queues, coordinated } = feeds;
  const replaced = coordinated ? COORDINATED_EVENTS : [];
  for (const name of contextsWith('queue', true)) {
    const subscribed: readonly EventName[] = SUBSCRIPTIONS[name];
    const names = subscribed.filter((event) => !replaced.includes(event));
    domainEvents(scope, bus, names, queues[name]);
  }
  domainEvents(scope, bus, DEADLINE_EVENTS, queues.deadlines);
  new Rule(scope, 'Uploaded', {
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [originals.bucketName] },
        object: { key: Match.prefix(UPLOADS_PREFIX) },
      },
    },
    targets: [new SqsQueue(queues.images)],
  });
  new Rule(scope, 'KeyRotation', {
    schedule: Schedule.rate(Duration.days(1)),
    targets: [new SqsQueue(queues.auth)],
  });
  // Payments has several schedules, so each sends its own message.
  const sends = (body: object) => ({
    targets: [new SqsQueue(queues.payments, { message: RuleTargetInput.fromObject(body) })],
  });
  new Rule(scope, 'Reconciliation', {
    schedule: Schedule.rate(Duration.days(1)),
    ...sends(RECONCILIATION),
  });
  new Rule(scope, 'UnfinishedOrdersCheck', {
    schedule: Schedule.rate(UNFINISHED_CHECK_PERIOD),
    ...sends(UNFINISHED_ORDERS_CHECK),
  });
}
