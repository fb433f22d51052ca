import { randomUUID } from 'node:crypto';
import { AwsError } from '../kernel.ts';
import { missingParameter } from './missing-parameter.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { parameter } from './settings.ts';

interface MoveTask {
  readonly TaskHandle: string;
  readonly Status: 'COMPLETED';
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly StartedTimestamp: number;
}

/**
 * The redrive of dead letters. AWS moves them in the background. Here, all are moved before the
 * call returns. A moved message gets a new id, a new sent timestamp and a receive count of 0.
 */
export function moveTasks(queues: Queues) {
  const tasks: MoveTask[] = [];
  return {
    StartMessageMoveTask(input: { SourceArn?: string; DestinationArn?: string }) {
      const source = queueOf(queues, input.SourceArn, 'SourceArn');
      if (queues.sourcesOf(source).length === 0) {
        const text = 'Source queue must be configured as a Dead Letter Queue.';
        throw new AwsError('InvalidParameterValue', text);
      }
      const destination = input.DestinationArn
        ? queueOf(queues, input.DestinationArn, 'DestinationArn')
        : undefined;
      const count = move(queues, source, destination);
      const task: MoveTask = {
        TaskHandle: Buffer.from(randomUUID()).toString('base64'),
        Status: 'COMPLETED',
        SourceArn: source.arn,
        ...(destination ? { DestinationArn: destination.arn } : {}),
        ApproximateNumberOfMessagesMoved: count,
        ApproximateNumberOfMessagesToMove: count,
        StartedTimestamp: Date.now(),
      };
      tasks.unshift(task);
      return { TaskHandle: task.TaskHandle };
    },

    ListMessageMoveTasks(input: { SourceArn?: string; MaxResults?: number }) {
      const { arn } = queueOf(queues, input.SourceArn, 'SourceArn');
      const found = tasks.filter((task) => task.SourceArn === arn);
      // The API returns one task by default, and at most ten.
      const shown = found.slice(0, parameter('MaxResults', input.MaxResults ?? 1, 1, 10));
      // The API includes the handle only for running tasks.
      return { Results: shown.map(({ TaskHandle: _, ...task }) => task) };
    },
  };
}

function queueOf(queues: Queues, arn: string | undefined, parameterName: string): Queue {
  if (!arn) throw missingParameter(parameterName);
  const found = queues.all().find((queue) => queue.arn === arn);
  if (found) return found;
  const text = `The resource that you specified for the ${parameterName} parameter doesn't exist.`;
  throw new AwsError('ResourceNotFoundException', text, 404);
}

function move(queues: Queues, source: Queue, destination: Queue | undefined): number {
  const messages = source.drain();
  for (const message of messages) {
    const target = destination ?? queues.byArn(message.deadLetterSource ?? source.arn);
    target.send({
      body: message.body,
      attributes: message.attributes,
      ...(message.traceHeader === undefined ? {} : { traceHeader: message.traceHeader }),
      ...(message.groupId === undefined ? {} : { groupId: message.groupId }),
    });
  }
  return messages.length;
}
