import { shuffle } from '../control/random.ts';
import { AwsError } from '../kernel.ts';
import {
  checkContent,
  newMessage,
  type OutgoingMessage,
  type StoredMessage,
  sizeOf,
} from './message.ts';
import type { QueueDeps, ReceiveOptions } from './queue-deps.ts';
import { messageKeyOf, receiptHandle } from './receipt-handles.ts';
import type { QueueSettings } from './settings.ts';
import { Waiters } from './waiters.ts';

/** "PurgeQueue" in the Amazon SQS API Reference. */
const PURGE_INTERVAL_MS = 60_000;

/** A standard queue: at-least-once delivery without guaranteed order. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  settings: QueueSettings;
  modifiedAt: number;
  readonly #deps: QueueDeps;
  readonly #messages = new Map<number, StoredMessage>();
  readonly #waiters = new Waiters();
  #lastKey = 0;
  #purgedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(name: string, arn: string, settings: QueueSettings, deps: QueueDeps) {
    this.name = name;
    this.arn = arn;
    this.settings = settings;
    this.#deps = deps;
    this.createdAt = deps.now();
    this.modifiedAt = this.createdAt;
    for (const message of deps.saved.messages(this.createdAt)) {
      this.#messages.set(message.key, message);
      this.#lastKey = Math.max(this.#lastKey, message.key);
    }
  }

  /** Replaces the settings. They apply to the next receive. */
  change(settings: QueueSettings): void {
    this.settings = settings;
    this.modifiedAt = this.#deps.now();
    this.#waiters.wakeAll();
  }

  /** Sends a message. @throws AwsError when its content is invalid or it is too large */
  send(message: OutgoingMessage): StoredMessage {
    checkContent(message);
    if (sizeOf(message) > this.settings.MaximumMessageSize) {
      const limit = `Message must be shorter than ${this.settings.MaximumMessageSize} bytes.`;
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: ${limit}`,
      );
    }
    const delaySeconds = message.delaySeconds ?? this.settings.DelaySeconds;
    return this.#add(newMessage(message, delaySeconds, this.#deps.now()));
  }

  /** Accepts a dead-lettered message from another queue. Its age and receive count are kept. */
  acceptDeadLetter(message: StoredMessage, deadLetterSource: string): void {
    const { receipt: _, ...kept } = message;
    this.#add({
      ...kept,
      deadLetterSource,
      visibleAt: this.#deps.now(),
      visibilityChosen: false,
    });
  }

  /**
   * Receives visible messages. Waits up to `waitMs` for the first. Empty when the queue is closed.
   */
  async receive(options: ReceiveOptions): Promise<StoredMessage[]> {
    const deadline = this.#deps.now() + options.waitMs;
    for (;;) {
      if (options.signal?.aborted || this.#closed) return [];
      const { taken, nextVisibleAt } = this.#take(options);
      const now = this.#deps.now();
      if (taken.length > 0 || now >= deadline) return taken;
      await this.#waiters.sleep(
        Math.max(1, Math.min(deadline, nextVisibleAt) - now),
        options.signal,
      );
    }
  }

  /**
   * Deletes the message if `receipt` is its newest handle. As in SQS, an older handle has no
   * effect.
   * @throws AwsError ReceiptHandleIsInvalid
   */
  delete(receipt: string): void {
    const message = this.#messages.get(messageKeyOf(receipt, this.name));
    if (message?.receipt === receipt) this.#remove(message);
  }

  /**
   * Changes the visibility timeout to `seconds` from now. 0 makes the message visible. As in SQS, the
   * newest handle may do this after the timeout too, until another receive.
   * @throws AwsError when the message no longer exists or was received again
   */
  changeVisibility(receipt: string, seconds: number): void {
    const message = this.#messages.get(messageKeyOf(receipt, this.name));
    if (!message) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      const text = `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: ${reason}`;
      throw new AwsError('InvalidParameterValue', text);
    }
    if (message.receipt !== receipt) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    message.visibleAt = this.#deps.now() + seconds * 1000;
    message.visibilityChosen = true;
    this.#deps.saved.save(message);
    this.#waiters.wakeAll();
  }

  /** Ends the visibility timeout, unless the consumer changed it in order to retry later. */
  release(receipt: string): void {
    const message = this.#messages.get(messageKeyOf(receipt, this.name));
    if (message?.receipt !== receipt || message.visibilityChosen) return;
    message.visibleAt = this.#deps.now();
    this.#waiters.wakeAll();
  }

  /** Makes delayed messages, and those postponed by a consumer, visible. Returns their number. */
  deliverDelayedNow(): number {
    const now = this.#deps.now();
    const waiting = [...this.#messages.values()].filter(
      (message) =>
        message.visibleAt > now && (message.receiveCount === 0 || message.visibilityChosen),
    );
    for (const message of waiting) {
      message.visibleAt = now;
      message.delayedUntil = Math.min(message.delayedUntil, now);
      this.#deps.saved.save(message);
    }
    this.#waiters.wakeAll();
    return waiting.length;
  }

  /** Removes and returns all visible messages. */
  drain(): StoredMessage[] {
    const now = this.#deps.now();
    const visible = [...this.#messages.values()].filter((message) => message.visibleAt <= now);
    for (const message of visible) this.#remove(message);
    return visible;
  }

  clear(): void {
    for (const message of this.#messages.values()) this.#remove(message);
  }

  /** Removes all messages, at most once per minute. @throws AwsError PurgeQueueInProgress */
  purge(): void {
    const now = this.#deps.now();
    if (now - this.#purgedAt < PURGE_INTERVAL_MS) {
      const text = `Only one PurgeQueue operation on ${this.name} is allowed every 60 seconds.`;
      throw new AwsError('PurgeQueueInProgress', text, 403);
    }
    this.#purgedAt = now;
    this.clear();
  }

  depths(): { visible: number; inFlight: number; delayed: number } {
    const now = this.#deps.now();
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const message of this.#messages.values()) {
      if (message.visibleAt <= now) counts.visible += 1;
      else if (message.delayedUntil > now) counts.delayed += 1;
      else counts.inFlight += 1;
    }
    return counts;
  }

  /** Ends every long poll. Later receives return immediately without messages. */
  close(): void {
    this.#closed = true;
    this.#waiters.wakeAll();
  }

  #add(message: Omit<StoredMessage, 'key'>): StoredMessage {
    this.#lastKey += 1;
    const stored = { ...message, key: this.#lastKey };
    this.#deps.saved.save(stored);
    this.#messages.set(stored.key, stored);
    this.#waiters.wakeAll();
    return stored;
  }

  #take(options: ReceiveOptions): { taken: StoredMessage[]; nextVisibleAt: number } {
    const { misbehaviour } = this.#deps;
    const { MessageRetentionPeriod, RedrivePolicy, VisibilityTimeout } = this.settings;
    const now = this.#deps.now();
    const ready: StoredMessage[] = [];
    let nextVisibleAt = Number.POSITIVE_INFINITY;
    for (const message of this.#messages.values()) {
      if (message.sentAt + MessageRetentionPeriod * 1000 <= now) {
        this.#remove(message);
      } else if (message.visibleAt > now) {
        nextVisibleAt = Math.min(nextVisibleAt, message.visibleAt);
      } else if (RedrivePolicy && message.receiveCount >= RedrivePolicy.maxReceiveCount) {
        // In this order, a crash in between duplicates the message but does not lose it.
        this.#deps.deadLetter(message, this);
        this.#remove(message);
      } else {
        ready.push(message);
        if (ready.length === options.max && !misbehaviour.reorderDeliveries) break;
      }
    }
    if (misbehaviour.reorderDeliveries) shuffle(ready, this.#deps.random);
    const visibleAt = now + (options.visibilitySeconds ?? VisibilityTimeout) * 1000;
    const taken = ready.slice(0, options.max).map((message) => this.#deliver(message, visibleAt));
    return { taken, nextVisibleAt };
  }

  #deliver(message: StoredMessage, visibleAt: number): StoredMessage {
    const { misbehaviour, random, now } = this.#deps;
    if (!message.duplicate && misbehaviour.duplicateDeliveries > 0) {
      if (random() < misbehaviour.duplicateDeliveries) this.#add({ ...message, duplicate: true });
    }
    message.receipt = receiptHandle(this.name, message.key);
    message.visibleAt = visibleAt;
    message.visibilityChosen = false;
    message.receiveCount += 1;
    message.firstReceivedAt ??= now();
    this.#deps.saved.save(message);
    // A copy, so that a later receive does not change the caller's message.
    return { ...message };
  }

  #remove({ key }: StoredMessage): void {
    this.#deps.saved.remove(key);
    this.#messages.delete(key);
  }
}
