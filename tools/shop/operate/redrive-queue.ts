import { setTimeout as wait } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { QUEUE_IDS, type QueueName, stackName } from '@triptych/context-map';
import { stackOutputs } from '../admin/stack-outputs.ts';

const POLL_MS = 500;
const MAX_POLLS = 120;

/** Parses the name of a queue. @throws UserError that lists the names */
export function parseQueue(text: string | undefined): QueueName {
  const names = Object.keys(QUEUE_IDS) as QueueName[];
  const found = names.find((name) => name === text);
  if (!found) throw new UserError(`Say which queue: ${names.join(', ')} (got "${text ?? ''}").`);
  return found;
}

/**
 * Moves a queue's dead letters back to the queue, and waits up to a minute for AWS to finish.
 * @param options.endpointUrl the local cloud (default: the AWS account of the operator's credentials)
 * @returns how many messages have moved, and whether the move is done
 * @throws UserError when the variant is not deployed there, or when the move fails
 */
export async function redriveQueue(options: {
  variant: Variant;
  stage?: string;
  queue: QueueName;
  endpointUrl?: string;
}): Promise<{ moved: number; done: boolean }> {
  const { variant, stage, queue, endpointUrl } = options;
  const stack = stackName(variant, 'state', stage);
  const output = `${QUEUE_IDS[queue]}Url`;
  const url = (await stackOutputs(stack, endpointUrl))[output];
  if (!url) throw new UserError(`Stack ${stack} has no output ${output}: deploy it again.`);
  const sqs = new SQSClient(endpointUrl ? localAws(endpointUrl) : {});
  try {
    const SourceArn = await deadLettersOf(sqs, url);
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    let moved = 0;
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
      const task = Results?.[0];
      moved = task?.ApproximateNumberOfMessagesMoved ?? moved;
      if (task?.Status === 'COMPLETED') return { moved, done: true };
      if (task?.Status === 'FAILED') throw new UserError(`The move failed: ${task.FailureReason}`);
      await wait(POLL_MS);
    }
    return { moved, done: false };
  } finally {
    sqs.destroy();
  }
}

/** The ARN of a queue's dead-letter queue. @throws UserError when the queue has none */
export async function deadLettersOf(sqs: SQSClient, QueueUrl: string): Promise<string> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] });
  const { Attributes } = await sqs.send(command);
  const policy = JSON.parse(Attributes?.RedrivePolicy ?? '{}') as { deadLetterTargetArn?: string };
  if (policy.deadLetterTargetArn) return policy.deadLetterTargetArn;
  throw new UserError(`${QueueUrl} has no dead-letter queue.`);
}
