import type { Intent } from '../intents/intent.ts';
import type { Answer } from '../stripe-api/answer.ts';

/** An answer that is replayed for its idempotency key. */
export interface StoredAnswer {
  readonly key: string;
  /** Of method, path and parameters. A request with the same key must have the same one. */
  readonly fingerprint: string;
  readonly answer: Answer;
  /** A repeated request sends this intent's undelivered events. */
  readonly intentId: string | null;
}

/** The records of one transaction. */
export interface Write {
  /** Inserted if `before` is null, otherwise replaced if it still has that version. */
  readonly change?: { readonly before: Intent | null; readonly after: Intent };
  readonly answer?: StoredAnswer;
}

export interface StatementPage {
  readonly intents: readonly Intent[];
  readonly nextCursor: string | null;
}

/** Charges or refunds, newest first. */
export interface ListQuery {
  readonly kind: 'charges' | 'refunds';
  /** The lowest id, inclusive. */
  readonly since: string;
  /** The highest id, exclusive; null for the newest. */
  readonly before: string | null;
  readonly limit: number;
}

export interface ListPage {
  readonly ids: readonly string[];
  /** The intent of each id. */
  readonly intentIds: readonly string[];
  readonly hasMore: boolean;
}

/** The simulator's storage. Reads are consistent, except for lists. */
export interface SimulatorStore {
  findIntent(id: string): Promise<Intent | undefined>;
  findIntentOfRefund(refundId: string): Promise<Intent | undefined>;
  findAnswer(key: string): Promise<StoredAnswer | undefined>;
  /** False, with nothing written, when another request was first. */
  write(write: Write): Promise<boolean>;
  /** All intents, in pages, in no particular order. */
  page(query: { limit: number; cursor: string | null }): Promise<StatementPage>;
  /** Reads an index, which may lag behind by a moment. */
  list(query: ListQuery): Promise<ListPage>;
  ping(): Promise<void>;
}
