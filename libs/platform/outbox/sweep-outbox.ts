import { currentLogger } from '../telemetry/process-telemetry.ts';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher } from './event-publisher.ts';
import { publishAndRemove } from './publish-and-remove.ts';

const BATCH = 10;
const SWEEP_LIMIT = 100;
/** One invocation ends well within its time-out; what is left then waits for the next. */
const MAX_ROUNDS = 10;
/** Entries this young are still on their way through the stream. */
const SWEEP_OLDER_THAN_MS = 60_000;

/**
 * For functions: publishes what the stream could not, whose records are given up after a day (or sooner, when a batch
 * fails too often). At most 1,000 events.
 * @throws when the outbox or the bus cannot be reached
 */
export async function sweepOutbox(to: {
  outbox: Outbox;
  publisher: EventPublisher;
}): Promise<{ published: number; refused: number }> {
  let published = 0;
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const left = await to.outbox.pending({
      olderThanMs: SWEEP_OLDER_THAN_MS,
      limit: SWEEP_LIMIT,
    });
    let refused = 0;
    for (let start = 0; start < left.length; start += BATCH) {
      const batch = left.slice(start, start + BATCH);
      const { failedIds } = await publishAndRemove(to, batch, 'schedule');
      refused += failedIds.length;
      published += batch.length - failedIds.length;
    }
    if (left.length < SWEEP_LIMIT || refused > 0) return report({ published, refused });
  }
  return report({ published, refused: 0 });
}

function report(swept: { published: number; refused: number }) {
  // Normally nothing is left: whatever was is worth a look.
  if (swept.published + swept.refused > 0) currentLogger().warn(swept, 'outbox swept');
  return swept;
}
