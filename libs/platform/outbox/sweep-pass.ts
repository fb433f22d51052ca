import type { DomainEvent } from '@triptych/events';
import type { Outbox } from './dynamo-outbox.ts';
import { BATCH_SIZE } from './event-publisher.ts';

/** Entries that one pass reads at most. */
const PASS_LIMIT = 100;

export interface SweepResult {
  /** Events that were published and removed from the outbox. */
  readonly published: number;
  /** Events that the bus rejected; they stay in the outbox. */
  readonly rejected: number;
  /** True when the outbox may hold more entries than this pass has read. */
  readonly more: boolean;
}

/**
 * One pass over the entries that are still unpublished: reads at most 100 and publishes them in batches of ten. The
 * loop and the scheduled sweep both use it. They differ in `publish`: the loop continues after a failed batch, the
 * scheduled sweep fails.
 * @param olderThanMs age below which an entry is left to the relay that is about to publish it
 * @throws Error from the outbox, or whatever `publish` throws
 */
export async function sweepPass(
  outbox: Pick<Outbox, 'pending'>,
  olderThanMs: number,
  publish: (batch: readonly DomainEvent[]) => Promise<{ failedIds: readonly string[] }>,
): Promise<SweepResult> {
  const entries = await outbox.pending({ olderThanMs, limit: PASS_LIMIT });
  let rejected = 0;
  for (let start = 0; start < entries.length; start += BATCH_SIZE) {
    const { failedIds } = await publish(entries.slice(start, start + BATCH_SIZE));
    rejected += failedIds.length;
  }
  return {
    published: entries.length - rejected,
    rejected,
    more: entries.length === PASS_LIMIT,
  };
}
