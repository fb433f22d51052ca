import type { SavedState } from '../persist/index.ts';
import type { StoredMessage } from './message.ts';

/** Saves the messages of one queue across restarts of the local cloud. */
export class SavedMessages {
  readonly #saved: SavedState;
  readonly #area: string;

  constructor(saved: SavedState, queueName: string) {
    this.#saved = saved;
    this.#area = `queue ${queueName}`;
  }

  /**
   * The messages of the previous run. In-flight messages become visible, because their consumers no
   * longer run. Delays, and visibility timeouts set by consumers, still end at their saved times.
   */
  messages(nowMs: number): StoredMessage[] {
    return this.#saved.entries(this.#area).map(({ value }) => {
      const { receipt, ...message } = value as StoredMessage;
      const inFlight = receipt !== undefined && !message.visibilityChosen;
      return inFlight ? { ...message, visibleAt: nowMs } : message;
    });
  }

  save(message: StoredMessage): void {
    this.#saved.write([{ area: this.#area, key: String(message.key), value: message }]);
  }

  remove(key: number): void {
    this.#saved.write([{ area: this.#area, key: String(key) }]);
  }
}
