import type { Misbehaviour } from '../kernel.ts';
import type { StoredMessage } from './message.ts';
import type { SavedMessages } from './saved-messages.ts';
import type { QueueSettings } from './settings.ts';

export interface QueueDeps {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly misbehaviour: Misbehaviour;
  /** Moves a message that was received too often to the dead-letter queue. */
  readonly deadLetter: (
    message: StoredMessage,
    from: { readonly arn: string; readonly settings: QueueSettings },
  ) => void;
  readonly saved: SavedMessages;
}

export interface ReceiveOptions {
  readonly max: number;
  readonly waitMs: number;
  /** Replaces the queue's visibility timeout. */
  readonly visibilitySeconds?: number;
  readonly signal?: AbortSignal | undefined;
}
