import { AwsError } from '../kernel.ts';

export interface BatchEntry {
  readonly Id?: string;
}

/** Answer of every batch call: one result or one error for each entry. */
export interface BatchResult {
  readonly Successful: object[];
  readonly Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[];
}

/**
 * Runs `each` for up to ten entries; one that throws does not keep the others from being done.
 * @throws AwsError when the batch itself is refused: empty, too many, ids that repeat or are malformed.
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

function checkBatch(entries: readonly BatchEntry[]): void {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > 10) {
    const text = `Maximum number of entries per request are 10. You have sent ${entries.length}.`;
    throw new AwsError('TooManyEntriesInBatchRequest', text);
  }
  const ids = entries.map((entry) => entry.Id ?? '');
  if (ids.some((id) => !/^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    const text = 'A batch entry id holds letters, digits, hyphens and underscores, up to 80.';
    throw new AwsError('InvalidBatchEntryId', text);
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same id.');
  }
}
