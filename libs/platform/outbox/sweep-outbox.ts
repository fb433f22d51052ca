import { currentLogger } from '../telemetry/process-telemetry.ts';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher } from './event-publisher.ts';
import { publishAndRemove } from './publish-and-remove.ts';
import { sweepPass } from './sweep-pass.ts';

/** Keeps one invocation well within its timeout. The next invocation continues. */
const MAX_PASSES = 10;
/** The stream may still deliver entries younger than this. */
const MIN_AGE_MS = 60_000;

/**
 * Publishes the outbox entries that the stream did not: Lambda discards a stream record after a day, or earlier when
 * its batch fails too often. For functions, on a schedule. Publishes at most 1,000 events.
 * @throws Error when the outbox or the bus cannot be reached
 */
export async function sweepOutbox(to: {
  outbox: Outbox;
  publisher: EventPublisher;
}): Promise<{ published: number; rejected: number }> {
  let published = 0;
  let rejected = 0;
  for (let pass = 1; pass <= MAX_PASSES && rejected === 0; pass += 1) {
    const result = await sweepPass(to.outbox, MIN_AGE_MS, (batch) =>
      publishAndRemove(to, batch, 'schedule'),
    );
    published += result.published;
    rejected += result.rejected;
    if (!result.more) break;
  }
  // The outbox is normally empty here, so anything that was left deserves attention.
  if (published + rejected > 0) currentLogger().warn({ published, rejected }, 'outbox swept');
  return { published, rejected };
}
