/** Runs a service as a long-running process: HTTP server, background loops and graceful shutdown. */
export type { Loop } from './loop.ts';
export * from './run-container.ts';
