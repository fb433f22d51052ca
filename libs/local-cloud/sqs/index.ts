import { type JsonOperation, jsonService } from '../endpoint/index.ts';
import type { Kernel, WireService } from '../kernel.ts';
import { type ReceiveInput, receiveMessage, sqsOperations } from './operations.ts';
import { withQueryErrors } from './query-errors.ts';
import { Queues } from './queues.ts';
import { sqsProviders } from './resources.ts';

/** Amazon SQS: standard queues over the JSON protocol, and the in-process interface for event sources and rules. */
export function createSqs(kernel: Kernel) {
  const queues = new Queues(kernel);
  return {
    wire: withQueryErrors(sqsWire(queues, kernel.accountId)),
    ...queues.sqs,
    providers: sqsProviders(queues),
    /** Ends every long poll. */
    stop: () => {
      for (const queue of queues.all()) queue.close();
    },
  };
}

function sqsWire(queues: Queues, accountId: string): WireService {
  const operations = sqsOperations(queues) as Record<string, unknown>;
  return {
    name: 'sqs',
    handle(request) {
      const ReceiveMessage = (input: ReceiveInput) =>
        receiveMessage(queues.byUrl(input.QueueUrl), input, accountId, request.signal);
      const all = { ...operations, ReceiveMessage } as Record<string, unknown>;
      return jsonService('sqs', '1.0', all as Record<string, JsonOperation>).handle(request);
    },
  };
}
