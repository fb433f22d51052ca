import { AwsError } from '../kernel.ts';

export interface BatchEntry {
  readonly Id?: string;
}

/** The response of a batch call: a result or an error for each entry. */
export interface BatchResult {
  readonly Successful: object[];
  readonly Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[];
}

/**
 * Runs `each` for up to ten entries. An entry that fails does not affect the others.
 * @throws AwsError when the batch is empty or too long, or when an id is malformed or repeated
 */
export function batch<Entry extends BatchEntry>(
  entries: readonly Entry[] | undefined,
  each: (entry: Entry) => object,
): BatchResult {
  checkBatch(entries ?? []);
  const result: BatchResult = { Successful: [], Failed: [] };
  for (const entry of entries ?? []) {
    const Id = entry.Id ?? '';
    try {
      result.Successful.push({ Id, ...each(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      result.Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return result;
}

/** "SendMessageBatch" in the Amazon SQS API Reference. */
const MAX_ENTRIES = 10;

/** @throws AwsError when the batch is empty or too long, or when an id is malformed or repeated */
export function checkBatch(entries: readonly BatchEntry[]): void {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    const text = `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`;
    throw new AwsError('TooManyEntriesInBatchRequest', text);
  }
  const ids = entries.map((entry) => entry.Id ?? '');
  if (ids.some((id) => !/^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    const text =
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
    throw new AwsError('InvalidBatchEntryId', text);
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same id.');
  }
}
