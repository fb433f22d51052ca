/** A change of one value. Without a value, the key is removed. */
export interface SavedChange {
  /** The namespace of the key, e.g. `queue triptych-serverless-catalog`. */
  readonly area: string;
  readonly key: string;
  /** Any JSON value. */
  readonly value?: unknown;
  /** Content that is too large for JSON. */
  readonly bytes?: Buffer;
}

export interface SavedEntry {
  readonly key: string;
  readonly value: unknown;
  /** Empty when the value was saved without bytes. */
  readonly bytes: Buffer;
}

/** State that survives a restart of the local cloud if it has a persist folder. */
export interface SavedState {
  /** The values of an area, in the order in which their keys were first set. */
  entries(area: string): SavedEntry[];
  /** Saves changes atomically. @throws Error from the file system. Nothing is saved then */
  write(changes: readonly SavedChange[]): void;
  /** Closes the state. Later writes are ignored. */
  close(): void;
}

/** The state of a local cloud without a persist folder: it saves nothing. */
export const NO_SAVED_STATE: SavedState = { entries: () => [], write: () => {}, close: () => {} };
