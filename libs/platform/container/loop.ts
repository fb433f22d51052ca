/** Background work of a long-running process, next to its HTTP server. */
export interface Loop {
  start(): void | Promise<void>;
  /** Accepts no new work and finishes running work within a time limit. Never throws. */
  stop(): Promise<void>;
}
