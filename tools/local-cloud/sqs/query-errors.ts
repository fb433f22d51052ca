import { randomUUID } from 'node:crypto';
import { errorResponse } from '../endpoint/index.ts';
import { AwsError, type WireService } from '../kernel.ts';

/** Error codes of the older query protocol. Clients written for it still compare with them. */
const QUERY_CODES: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** Adds SQS's header `x-amzn-query-error` to the errors of a JSON service. */
export function withQueryErrors(service: WireService): WireService {
  return {
    name: service.name,
    async handle(request) {
      try {
        return await service.handle(request);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const { headers, ...response } = errorResponse('json', error, randomUUID());
        const code = `${QUERY_CODES[error.code] ?? error.code};Sender`;
        return { ...response, headers: { ...headers, 'x-amzn-query-error': code } };
      }
    },
  };
}
