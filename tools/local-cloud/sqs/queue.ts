import { randomUUID } from 'node:crypto';
import type { Misbehaviour } from '../kernel.ts';
import { AwsError } from '../kernel.ts';
import { checkContent, type OutgoingMessage, type StoredMessage, sizeOf } from './message.ts';
import type { SavedMessages } from './saved-messages.ts';
import type { QueueSettings } from './settings.ts';
import { Waiters } from './waiters.ts';

/** What a queue needs from around it; `now` in epoch milliseconds. */
export interface QueueSurroundings {
  readonly now: () => number;
  readonly random: () => number;
  readonly misbehaviour: Misbehaviour;
  /** Takes a message that was received too often. */
  readonly deadLetter: (message: StoredMessage, from: Queue) => void;
  readonly saved: SavedMessages;
}

export interface ReceiveOptions {
  readonly max: number;
  readonly waitMs: number;
  /** Instead of the queue's own visibility timeout. */
  readonly visibilitySeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A standard queue: at least once, in no promised order. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  settings: QueueSettings;
  readonly #around: QueueSurroundings;
  readonly #messages = new Map<number, StoredMessage>();
  readonly #waiters = new Waiters();
  #lastKey = 0;
  #closed = false;

  constructor(name: string, arn: string, settings: QueueSettings, around: QueueSurroundings) {
    this.name = name;
    this.arn = arn;
    this.settings = settings;
    this.#around = around;
    this.createdAt = around.now();
    for (const message of around.saved.messages(this.createdAt)) {
      this.#messages.set(message.key, message);
      this.#lastKey = Math.max(this.#lastKey, message.key);
    }
  }

  /** @throws AwsError as SQS does for content it refuses or a message that is too long. */
  send(message: OutgoingMessage): StoredMessage {
    checkContent(message);
    if (sizeOf(message) > this.settings.MaximumMessageSize) {
      const limit = `Message must be shorter than ${this.settings.MaximumMessageSize} bytes.`;
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: ${limit}`,
      );
    }
    const sentAt = this.#around.now();
    const visibleAt = sentAt + (message.delaySeconds ?? this.settings.DelaySeconds) * 1000;
    return this.#add({
      messageId: randomUUID(),
      body: message.body,
      attributes: message.attributes ?? {},
      ...(message.traceHeader === undefined ? {} : { traceHeader: message.traceHeader }),
      sentAt,
      duplicate: false,
      delayedUntil: visibleAt,
      visibleAt,
      receiveCount: 0,
      visibilityChosen: false,
    });
  }

  /** Takes a message over from the queue it was dead-lettered in; its age and its count go on. */
  acceptDeadLetter(message: StoredMessage, deadLetterSource: string): void {
    const { receipt: _, ...kept } = message;
    this.#add({
      ...kept,
      deadLetterSource,
      visibleAt: this.#around.now(),
      visibilityChosen: false,
    });
  }

  /** Up to `max` visible messages, waiting up to `waitMs` for the first. Empty once the queue closed. */
  async receive(options: ReceiveOptions): Promise<StoredMessage[]> {
    const deadline = this.#around.now() + options.waitMs;
    for (;;) {
      if (options.signal?.aborted || this.#closed) return [];
      const { taken, nextVisibleAt } = this.#take(options);
      const now = this.#around.now();
      if (taken.length > 0 || now >= deadline) return taken;
      await this.#waiters.sleep(
        Math.max(1, Math.min(deadline, nextVisibleAt) - now),
        options.signal,
      );
    }
  }

  /** Deletes the message if `receipt` is its newest handle; an older one is accepted without effect, as in SQS. */
  delete(receipt: string): void {
    const message = this.#messages.get(this.#keyOf(receipt));
    if (message?.receipt === receipt) this.#remove(message);
  }

  /**
   * Hides the message for `seconds` from now on; 0 makes it visible.
   * @throws AwsError when it is gone, or no longer in flight under this handle.
   */
  changeVisibility(receipt: string, seconds: number): void {
    const message = this.#messages.get(this.#keyOf(receipt));
    if (!message) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      const text = `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: ${reason}`;
      throw new AwsError('InvalidParameterValue', text);
    }
    if (message.receipt !== receipt || message.visibleAt <= this.#around.now()) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    message.visibleAt = this.#around.now() + seconds * 1000;
    message.visibilityChosen = true;
    this.#around.saved.keep(message);
    this.#waiters.wakeAll();
  }

  /** Ends the visibility timeout, unless the consumer chose one itself: that one is a request to wait. */
  release(receipt: string): void {
    const message = this.#messages.get(this.#keyOf(receipt));
    if (message?.receipt !== receipt || message.visibilityChosen) return;
    message.visibleAt = this.#around.now();
    this.#waiters.wakeAll();
  }

  /** Makes messages visible that wait for their delay, or for the visibility their consumer chose. */
  deliverDelayedNow(): number {
    const now = this.#around.now();
    const waiting = [...this.#messages.values()].filter(
      (message) =>
        message.visibleAt > now && (message.receiveCount === 0 || message.visibilityChosen),
    );
    for (const message of waiting) {
      message.visibleAt = now;
      message.delayedUntil = Math.min(message.delayedUntil, now);
      this.#around.saved.keep(message);
    }
    this.#waiters.wakeAll();
    return waiting.length;
  }

  /** Removes and returns all messages that are not in flight. */
  drain(): StoredMessage[] {
    const now = this.#around.now();
    const idle = [...this.#messages.values()].filter((message) => message.visibleAt <= now);
    for (const message of idle) this.#remove(message);
    return idle;
  }

  purge(): void {
    for (const message of this.#messages.values()) this.#remove(message);
  }

  depths(): { visible: number; inFlight: number; delayed: number } {
    const now = this.#around.now();
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const message of this.#messages.values()) {
      if (message.visibleAt <= now) counts.visible += 1;
      else if (message.delayedUntil > now) counts.delayed += 1;
      else counts.inFlight += 1;
    }
    return counts;
  }

  /** Ends every wait; later receives answer empty at once. */
  close(): void {
    this.#closed = true;
    this.#waiters.wakeAll();
  }

  #add(message: Omit<StoredMessage, 'key'>): StoredMessage {
    this.#lastKey += 1;
    const stored = { ...message, key: this.#lastKey };
    this.#around.saved.keep(stored);
    this.#messages.set(stored.key, stored);
    this.#waiters.wakeAll();
    return stored;
  }

  #take(options: ReceiveOptions): { taken: StoredMessage[]; nextVisibleAt: number } {
    const { misbehaviour } = this.#around;
    const { MessageRetentionPeriod, RedrivePolicy, VisibilityTimeout } = this.settings;
    const now = this.#around.now();
    const ready: StoredMessage[] = [];
    let nextVisibleAt = Number.POSITIVE_INFINITY;
    for (const message of this.#messages.values()) {
      if (message.sentAt + MessageRetentionPeriod * 1000 <= now) {
        this.#remove(message);
      } else if (message.visibleAt > now) {
        nextVisibleAt = Math.min(nextVisibleAt, message.visibleAt);
      } else if (RedrivePolicy && message.receiveCount >= RedrivePolicy.maxReceiveCount) {
        // In this order, so that a crash in between leaves it twice and never loses it.
        this.#around.deadLetter(message, this);
        this.#remove(message);
      } else {
        ready.push(message);
        if (ready.length === options.max && !misbehaviour.reorderDeliveries) break;
      }
    }
    if (misbehaviour.reorderDeliveries) shuffle(ready, this.#around.random);
    const visibleAt = now + (options.visibilitySeconds ?? VisibilityTimeout) * 1000;
    const taken = ready.slice(0, options.max).map((message) => this.#deliver(message, visibleAt));
    return { taken, nextVisibleAt };
  }

  #deliver(message: StoredMessage, visibleAt: number): StoredMessage {
    const { misbehaviour, random, now } = this.#around;
    if (!message.duplicate && misbehaviour.duplicateDeliveries > 0) {
      if (random() < misbehaviour.duplicateDeliveries) this.#add({ ...message, duplicate: true });
    }
    message.receipt = Buffer.from(`${this.name} ${message.key} ${randomUUID()}`).toString('base64');
    message.visibleAt = visibleAt;
    message.visibilityChosen = false;
    message.receiveCount += 1;
    message.firstReceivedAt ??= now();
    this.#around.saved.keep(message);
    // A copy, so that what the caller holds does not change when the message is received again.
    return { ...message };
  }

  #remove({ key }: StoredMessage): void {
    this.#around.saved.remove(key);
    this.#messages.delete(key);
  }

  #keyOf(receipt: string): number {
    const [name, key] = Buffer.from(receipt, 'base64').toString('utf8').split(' ');
    if (name === this.name && /^\d+$/.test(key ?? '')) return Number(key);
    throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
}

function shuffle(items: unknown[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}
