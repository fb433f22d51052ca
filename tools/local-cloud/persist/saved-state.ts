/** One value that was set, or with no value removed. */
export interface SavedChange {
  /** Whose it is, e.g. `queue triptych-serverless-catalog`. */
  readonly area: string;
  readonly key: string;
  /** Anything JSON can hold. */
  readonly value?: unknown;
  /** What is too large for JSON. */
  readonly bytes?: Buffer;
}

export interface SavedEntry {
  readonly key: string;
  readonly value: unknown;
  /** Empty when it was saved without. */
  readonly bytes: Buffer;
}

/** What outlives the local cloud when it was given a folder. */
export interface SavedState {
  /** Values of an area, in the order in which their keys were first set. */
  entries(area: string): SavedEntry[];
  /** Notes changes that must be there all or not at all. @throws Error when the disk refuses; then none is noted */
  write(changes: readonly SavedChange[]): void;
  /** What is written later comes too late, and is left out. */
  close(): void;
}

/** Nothing outlives a local cloud without a folder. */
export const nothingSaved: SavedState = { entries: () => [], write: () => {}, close: () => {} };
