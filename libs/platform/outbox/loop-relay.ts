import type { DomainEvent } from '@triptych/events';
import type { Loop } from '../container/loop.ts';
import type { Logger } from '../telemetry/logger.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import type { Outbox } from './dynamo-outbox.ts';
import { BATCH_SIZE, type EventPublisher } from './event-publisher.ts';
import { publishAndRemove } from './publish-and-remove.ts';
import type { Relay } from './relay.ts';
import { sweepPass } from './sweep-pass.ts';

const MAX_CONCURRENT_BATCHES = 4;
/** Beyond this, new events are left to the sweep, so that memory stays bounded while the bus is down. */
const MAX_WAITING = 1_000;
const SWEEP_INTERVAL_MS = 2_000;
/** {@link Relay.committed} may still be publishing entries younger than this. */
const SWEEP_MIN_AGE_MS = 3_000;
const DRAIN_MS = 3_000;

/**
 * Publishes right after each commit, and sweeps the entries that a crash or an outage left behind. For long-running
 * processes. A failed batch is logged and swept later.
 */
export function loopRelay(options: {
  outbox: Outbox;
  publisher: EventPublisher;
  logger?: Logger;
  intervalMs?: number;
}): Relay & Loop {
  const { outbox, publisher, intervalMs = SWEEP_INTERVAL_MS } = options;
  const logger = () => options.logger ?? currentLogger();
  const waiting: DomainEvent[] = [];
  const running = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | undefined;
  let stopped = true;

  /** Never throws: one failed batch must not keep the next ones from being published. */
  async function publish(events: readonly DomainEvent[]): Promise<{ failedIds: string[] }> {
    try {
      const { failedIds } = await publishAndRemove({ outbox, publisher }, events, 'loop');
      if (failedIds.length > 0) logger().warn({ failedIds }, 'events rejected by the bus');
      return { failedIds };
    } catch (err) {
      logger().warn({ err }, 'events not published');
      return { failedIds: events.map(({ id }) => id) };
    }
  }

  function pump(): void {
    while (waiting.length > 0 && running.size < MAX_CONCURRENT_BATCHES) {
      const task = publish(waiting.splice(0, BATCH_SIZE)).finally(() => {
        running.delete(task);
        pump();
      });
      running.add(task);
    }
  }

  async function sweep(): Promise<void> {
    try {
      await sweepPass(outbox, SWEEP_MIN_AGE_MS, publish);
    } catch (err) {
      logger().warn({ err }, 'outbox not swept');
    }
  }

  function scheduleSweep(): void {
    if (stopped) return;
    // Jitter keeps several tasks from sweeping at the same moment and publishing the same entries.
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
