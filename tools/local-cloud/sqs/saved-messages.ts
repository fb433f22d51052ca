import type { SavedState } from '../persist/index.ts';
import type { StoredMessage } from './message.ts';

/** Messages of one queue that outlive the local cloud. */
export class SavedMessages {
  readonly #saved: SavedState;
  readonly #area: string;

  constructor(saved: SavedState, queueName: string) {
    this.#saved = saved;
    this.#area = `queue ${queueName}`;
  }

  /**
   * What is left of the last run. Who had received a message is gone, so it is visible again, unless it was put back for
   * later; a delay goes on as the time it ends at has been kept.
   */
  messages(nowMs: number): StoredMessage[] {
    return this.#saved.entries(this.#area).map(({ value }) => {
      const { receipt, ...message } = value as StoredMessage;
      const inFlight = receipt !== undefined && !message.visibilityChosen;
      return inFlight ? { ...message, visibleAt: nowMs } : message;
    });
  }

  keep(message: StoredMessage): void {
    this.#saved.write([{ area: this.#area, key: String(message.key), value: message }]);
  }

  remove(key: number): void {
    this.#saved.write([{ area: this.#area, key: String(key) }]);
  }
}
