/** Work that goes on beside the HTTP server for as long as a process lives. */
export interface Loop {
  start(): void | Promise<void>;
  /** Takes no new work, finishes what is running within its own bound, and never throws. */
  stop(): Promise<void>;
}
