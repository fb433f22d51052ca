import { type JsonOperation, jsonService } from '../endpoint/index.ts';
import type { Kernel } from '../kernel.ts';
import { sqsOperations } from './operations.ts';
import { withQueryErrors } from './query-errors.ts';
import { Queues } from './queues.ts';
import { sqsProviders } from './resources.ts';

/** Amazon SQS: standard queues over the JSON protocol, and the in-process interface for event sources and rules. */
export function createSqs(kernel: Kernel) {
  const queues = new Queues(kernel);
  const operations = sqsOperations(queues, kernel.accountId) as Record<string, unknown>;
  return {
    wire: withQueryErrors(jsonService('sqs', '1.0', operations as Record<string, JsonOperation>)),
    ...queues.sqs,
    providers: sqsProviders(queues),
    /** Ends every long poll. */
    stop: () => {
      for (const queue of queues.all()) queue.close();
    },
  };
}
