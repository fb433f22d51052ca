/** Runs a service as a process that lives on: HTTP, loops, and a graceful end. */
export type { Loop } from './loop.ts';
export * from './run-container.ts';
