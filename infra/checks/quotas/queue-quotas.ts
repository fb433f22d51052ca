import { perResource, type Quota } from './quota.ts';

const SQS =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html';
const EVENTS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';

const attribute = (name: string) =>
  perResource('AWS::SQS::Queue', ({ properties }) => properties[name] as number | undefined);

/** Quotas of queues and rules. */
export const QUEUE_QUOTAS: readonly Quota[] = [
  {
    name: 'seconds of delay of a queue',
    atMost: 900,
    page: SQS,
    measure: attribute('DelaySeconds'),
  },
  {
    name: 'seconds that a queue keeps a message',
    atMost: 1_209_600,
    page: SQS,
    measure: attribute('MessageRetentionPeriod'),
  },
  {
    name: 'seconds of visibility timeout of a queue',
    atMost: 43_200,
    page: SQS,
    measure: attribute('VisibilityTimeout'),
  },
  {
    name: 'targets of a rule',
    atMost: 5,
    page: EVENTS,
    measure: perResource('AWS::Events::Rule', ({ properties }) => properties.Targets?.length ?? 0),
  },
];
