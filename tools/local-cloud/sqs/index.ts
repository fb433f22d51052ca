import { type JsonOperation, jsonService } from '../endpoint/index.ts';
import type { Kernel, WireService } from '../kernel.ts';
import type { OperationCounts } from '../operations/index.ts';
import { SQS_MEMBERS } from './members.ts';
import { type ReceiveInput, receiveMessage, sqsOperations } from './operations.ts';
import { withQueryErrors } from './query-errors.ts';
import { Queues } from './queues.ts';
import { sqsProviders } from './resources.ts';

/**
 * Creates Amazon SQS: standard queues over the JSON protocol, and the in-process interface for
 * event source mappings and rules.
 */
export function createSqs(kernel: Kernel) {
  const queues = new Queues(kernel);
  return {
    wire: withQueryErrors(sqsWire(queues, kernel)),
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

function sqsWire(queues: Queues, { accountId, operations: counts }: Kernel): WireService {
  const operations = sqsOperations(queues);
  return {
    name: 'sqs',
    handle(request) {
      const ReceiveMessage = (input: ReceiveInput) =>
        receiveMessage(queues.byUrl(input.QueueUrl), input, accountId, request.signal);
      const all = { ...operations, ReceiveMessage };
      const operation = (request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
      if (operation in all) {
        counts.add({ service: 'sqs', operation, resource: queueOf(request.body) });
      }
      const typed = all as unknown as Record<keyof typeof all, JsonOperation>;
      return jsonService('sqs', '1.0', typed, SQS_MEMBERS).handle(request);
    },
  };
}

/** The name of the queue in a request. Empty for requests without a queue. */
function queueOf(body: Buffer): string {
  return /"Queue(?:Url|Name)"\s*:\s*"(?:[^"]*\/)?([^"/]+)"/.exec(body.toString('utf8'))?.[1] ?? '';
}
