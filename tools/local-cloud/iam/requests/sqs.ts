import type { CallInput, ResourceNames } from '../types.ts';
import { each, onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * SQS. A batch needs the action of its single call.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
 */
export const SQS_ACTIONS: ServiceActions = {
  SendMessage: one('sqs:SendMessage', queue),
  SendMessageBatch: one('sqs:SendMessage', queue),
  ReceiveMessage: one('sqs:ReceiveMessage', queue),
  DeleteMessage: one('sqs:DeleteMessage', queue),
  DeleteMessageBatch: one('sqs:DeleteMessage', queue),
  ChangeMessageVisibility: one('sqs:ChangeMessageVisibility', queue),
  ChangeMessageVisibilityBatch: one('sqs:ChangeMessageVisibility', queue),
  CreateQueue: (input, names) =>
    each(
      ['sqs:CreateQueue', ...(input.tags === undefined ? [] : ['sqs:TagQueue'])],
      [queue(input, names)],
    ),
  DeleteQueue: one('sqs:DeleteQueue', queue),
  SetQueueAttributes: one('sqs:SetQueueAttributes', queue),
  GetQueueUrl: one('sqs:GetQueueUrl', queue),
  GetQueueAttributes: one('sqs:GetQueueAttributes', queue),
  ListQueues: onEverything('sqs:ListQueues'),
  ListDeadLetterSourceQueues: one('sqs:ListDeadLetterSourceQueues', queue),
  PurgeQueue: one('sqs:PurgeQueue', queue),
  StartMessageMoveTask: ({ SourceArn, DestinationArn }, names) => {
    const source = text(SourceArn);
    const destination = text(DestinationArn);
    const destinations = destination === '' ? names.deadLetterSources(source) : [destination];
    return [
      ...each(['sqs:StartMessageMoveTask', ...MOVE_ACTIONS], [source]),
      ...each(['sqs:SendMessage'], destinations),
    ];
  },
  ListMessageMoveTasks: ({ SourceArn }) =>
    each(['sqs:ListMessageMoveTasks', ...MOVE_ACTIONS], [text(SourceArn)]),
};

/**
 * The actions on a dead-letter queue that each call about a redrive needs besides its own.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
const MOVE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** The queue of a call, from the end of its URL or from its name. */
function queue({ QueueUrl, QueueName }: CallInput, { region, accountId }: ResourceNames): string {
  const name = text(QueueUrl ?? QueueName).replace(/^.*\//, '');
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}
