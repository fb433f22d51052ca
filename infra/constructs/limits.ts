import type { ContextName } from '@triptych/context-map';
import { Duration } from 'aws-cdk-lib';

/** How long a queue keeps what it could not deliver: the longest SQS allows, time to mend and redrive. */
export const retention = Duration.days(14);

/** Deliveries before a message is called poison. */
export const maxDeliveries = 5;

/** An order's time to be decided. The deadline queue's copy of it is delivered this late. */
export const orderDeadline = Duration.minutes(15);

/** An undecided order is put back every 10 minutes at most; 1000 times outlast the 14 days. */
export const maxDeadlineDeliveries = 1000;

/**
 * A polling loop's time for one message, after which another may take it: two calls of the payment provider at 10 s each,
 * and their writes. A process that dies with a message in hand delays it by this.
 */
export const containerVisibility = Duration.seconds(30);

/** Size of a function in MB; CPU grows with it, and 1769 MB are one whole processor. */
export interface FunctionSize {
  readonly memoryMb: number;
  readonly timeout: Duration;
}

interface ServiceSize {
  readonly http: FunctionSize;
  readonly worker: FunctionSize;
  /** Messages a worker takes at once, and how many workers of a kind there may be. */
  readonly batch: { readonly size: number; readonly maxConcurrency: number };
  readonly task: { readonly cpu: number; readonly memoryMb: number };
}

const quick = { memoryMb: 1024, timeout: Duration.seconds(15) };

/** The size of a service that reads and writes its table, and that nobody has measured. */
const plainSize: ServiceSize = {
  http: quick,
  worker: { memoryMb: 1024, timeout: Duration.seconds(10) },
  batch: { size: 10, maxConcurrency: 10 },
  task: { cpu: 256, memoryMb: 512 },
};

const ownSizes: Readonly<Partial<Record<ContextName | 'simulator', ServiceSize>>> = {
  // Password hashing is processor work: twice the memory halves a log-in.
  auth: {
    http: { memoryMb: 1769, timeout: Duration.seconds(15) },
    worker: { memoryMb: 512, timeout: Duration.seconds(10) },
    batch: { size: 1, maxConcurrency: 2 },
    task: { cpu: 512, memoryMb: 1024 },
  },
  // A charge is two calls of the provider with 10 s each.
  payments: {
    http: quick,
    worker: { memoryMb: 1024, timeout: Duration.seconds(25) },
    batch: { size: 5, maxConcurrency: 10 },
    task: { cpu: 256, memoryMb: 512 },
  },
  // Decoding and encoding take a whole processor; 29 s is the most a gateway waits.
  images: {
    http: { memoryMb: 1769, timeout: Duration.seconds(29) },
    worker: { memoryMb: 1769, timeout: Duration.seconds(30) },
    batch: { size: 1, maxConcurrency: 5 },
    task: { cpu: 1024, memoryMb: 2048 },
  },
  simulator: {
    http: { memoryMb: 512, timeout: Duration.seconds(29) },
    worker: { memoryMb: 512, timeout: Duration.seconds(15) },
    batch: { size: 5, maxConcurrency: 5 },
    task: { cpu: 256, memoryMb: 512 },
  },
};

/** The size of a service: its own, or that of a plain one. */
export function sizeOf(service: ContextName | 'simulator'): ServiceSize {
  return ownSizes[service] ?? plainSize;
}

/**
 * How long a message taken by a function stays hidden: more than six times the function's time, as AWS advises, so that
 * throttled deliveries are not taken twice.
 */
export function functionVisibility(worker: FunctionSize): Duration {
  return Duration.seconds(6 * worker.timeout.toSeconds() + 1);
}
