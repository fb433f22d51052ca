import type { Intent } from '../intents/intent.ts';
import type { Answer } from '../stripe-api/answer.ts';

/** An answer that is given again for its key. */
export interface KeptAnswer {
  readonly key: string;
  /** Of method, path and parameters: the same key with another request is refused. */
  readonly fingerprint: string;
  readonly answer: Answer;
  /** Whose undelivered events a repeated request repairs. */
  readonly intentId: string | null;
}

/** Everything that becomes true at once. */
export interface Write {
  /** Inserted when `before` is null, else replaced if it is still at that version. */
  readonly change?: { readonly before: Intent | null; readonly after: Intent };
  readonly kept?: KeptAnswer;
}

export interface StatementPage {
  readonly intents: readonly Intent[];
  readonly nextCursor: string | null;
}

/** Charges or refunds, newest first. */
export interface ListQuery {
  readonly kind: 'charges' | 'refunds';
  /** Ids from this one on. */
  readonly since: string;
  /** Ids below this one; null from the newest. */
  readonly before: string | null;
  readonly limit: number;
}

export interface ListPage {
  readonly ids: readonly string[];
  /** Of the intent that each belongs to. */
  readonly intentIds: readonly string[];
  readonly hasMore: boolean;
}

/** Where the simulator remembers; reads are consistent where nothing else is said. */
export interface SimulatorStore {
  findIntent(id: string): Promise<Intent | undefined>;
  findIntentOfRefund(refundId: string): Promise<Intent | undefined>;
  findAnswer(key: string): Promise<KeptAnswer | undefined>;
  /** False, and nothing written, when another request was faster. */
  write(write: Write): Promise<boolean>;
  /** Every intent, a page at a time, in no particular order. */
  page(query: { limit: number; cursor: string | null }): Promise<StatementPage>;
  /** From an index: what was written a moment ago may still be missing. */
  list(query: ListQuery): Promise<ListPage>;
  ping(): Promise<void>;
}
