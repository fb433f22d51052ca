import type { Kernel } from '../kernel.ts';
import type { OperationCounts } from '../operations/index.ts';
import { Queues } from './queues.ts';
import { sqsProviders } from './resources.ts';
import { sqsWire } from './wire.ts';

/**
 * Creates Amazon SQS: standard queues over the JSON and query protocols, and the in-process interface for
 * event source mappings and rules.
 */
export function createSqs(kernel: Kernel) {
  const queues = new Queues(kernel);
  return {
    wire: sqsWire(queues, kernel),
    ...counted(queues.sqs, kernel.operations),
    providers: sqsProviders(queues),
    /** Ends every long poll. */
    stop: () => {
      for (const queue of queues.all()) queue.close();
    },
  };
}

/** Counts in-process calls too: on AWS, rules and event source mappings call SQS and are billed. */
function counted(sqs: Queues['sqs'], operations: OperationCounts): Queues['sqs'] {
  const count = (operation: string, arn: string) =>
    operations.add({ service: 'sqs', operation, resource: arn.slice(arn.lastIndexOf(':') + 1) });
  return {
    ...sqs,
    send: (arn, body, delaySeconds) => {
      count('SendMessage', arn);
      sqs.send(arn, body, delaySeconds);
    },
    receive: (arn, max, waitMs, signal) => {
      count('ReceiveMessage', arn);
      return sqs.receive(arn, max, waitMs, signal);
    },
    delete: (arn, receiptHandle) => {
      count('DeleteMessage', arn);
      sqs.delete(arn, receiptHandle);
    },
  };
}
