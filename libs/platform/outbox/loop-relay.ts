import type { DomainEvent } from '@triptych/events';
import type { Loop } from '../container/loop.ts';
import type { Logger } from '../telemetry/logger.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher } from './event-publisher.ts';
import { publishAndRemove } from './publish-and-remove.ts';

/** What stores tell right after a commit. */
export interface Relay {
  /** Never throws and never waits: the commit has already happened. */
  committed(events: readonly DomainEvent[]): void;
}

const BATCH = 10;
const MAX_CONCURRENT_BATCHES = 4;
/** Beyond this, fresh events are left to the sweep: memory must not grow while the bus is away. */
const MAX_WAITING = 1_000;
const SWEEP_LIMIT = 100;
/** Entries this young may still be on their way through {@link Relay.committed}. */
const SWEEP_OLDER_THAN_MS = 3_000;
const DRAIN_MS = 3_000;

/** For processes that live on: publishes right after each commit, and sweeps what a crash or an outage left behind. */
export function loopRelay(options: {
  outbox: Outbox;
  publisher: EventPublisher;
  logger?: Logger;
  intervalMs?: number;
}): Relay & Loop {
  const { outbox, publisher, intervalMs = 2_000 } = options;
  const logger = () => options.logger ?? currentLogger();
  const waiting: DomainEvent[] = [];
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | undefined;
  let stopped = true;

  async function publish(events: readonly DomainEvent[]): Promise<void> {
    try {
      const { failedIds } = await publishAndRemove({ outbox, publisher }, events, 'loop');
      if (failedIds.length > 0)
        logger().warn({ failedIds }, 'events refused by the bus, to be swept');
    } catch (err) {
      logger().warn({ err }, 'events not published, to be swept');
    }
  }

  function pump(): void {
    while (waiting.length > 0 && running.size < MAX_CONCURRENT_BATCHES) {
      const task = publish(waiting.splice(0, BATCH)).finally(() => {
        running.delete(task);
        pump();
      });
      running.add(task);
    }
  }

  async function sweep(): Promise<void> {
    try {
      const left = await outbox.pending({ olderThanMs: SWEEP_OLDER_THAN_MS, limit: SWEEP_LIMIT });
      for (let start = 0; start < left.length; start += BATCH)
        await publish(left.slice(start, start + BATCH));
    } catch (err) {
      logger().warn({ err }, 'outbox not swept');
    }
  }

  function scheduleSweep(): void {
    if (stopped) return;
    // Jitter keeps several tasks from sweeping at the same moment and publishing the same leftovers.
    timer = setTimeout(
      () => {
        sweeping = sweep().finally(scheduleSweep);
      },
      intervalMs * (0.75 + Math.random() / 2),
    );
  }

  return {
    committed(events) {
      if (waiting.length + events.length > MAX_WAITING) return;
      waiting.push(...events);
      pump();
    },
    start() {
      if (!stopped) return;
      stopped = false;
      scheduleSweep();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      const drained = async () => {
        await sweeping;
        while (running.size > 0) await Promise.all(running);
      };
      await Promise.race([drained(), pauseUnref(DRAIN_MS)]);
    },
  };
}

const pauseUnref = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
