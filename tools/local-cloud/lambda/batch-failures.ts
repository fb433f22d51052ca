import type { Invocation } from '../kernel.ts';

/**
 * Returns the ids of the failed records of a batch, by AWS's rules (Lambda Developer Guide,
 * "Reporting batch item failures"). A function error, an unreadable answer or an unknown id fails
 * the whole batch.
 */
export function failedIds(
  { payload, functionError }: Invocation,
  batchIds: readonly string[],
  reportsItemFailures: boolean,
): 'all' | ReadonlySet<string> {
  if (functionError) return 'all';
  if (!reportsItemFailures) return new Set();
  const text = payload.toString('utf8').trim();
  if (text === '' || text === 'null') return new Set();
  try {
    const answer = JSON.parse(text) as { batchItemFailures?: { itemIdentifier?: string }[] | null };
    const failures = answer.batchItemFailures ?? [];
    const ids = failures.map(({ itemIdentifier }) => itemIdentifier ?? '');
    return ids.every((id) => batchIds.includes(id)) ? new Set(ids) : 'all';
  } catch {
    return 'all';
  }
}
