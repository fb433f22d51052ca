import { Duration } from 'aws-cdk-lib';
import type { Deployed } from '../deployment.ts';

/** How long a queue keeps a message: the maximum of SQS, so that there is time to fix a fault and redrive. */
export const RETENTION = Duration.days(14);

/** Deliveries before a message goes to the dead-letter queue. */
export const MAX_DELIVERIES = 5;

/** The time in which an order must be decided: the delivery delay of the deadline queue. */
export const ORDER_DEADLINE = Duration.minutes(15);

/** How often payments looks for orders that should have ended long ago. */
export const UNFINISHED_CHECK_PERIOD = Duration.hours(1);

/** The message of an undecided order returns every 10 minutes at the latest, so 1000 deliveries last almost 7 days. */
export const MAX_DEADLINE_DELIVERIES = 1000;

/**
 * The visibility timeout for a polling loop: enough for two calls of the payment provider at 10 s each, and their writes. If
 * a process dies while it handles a message, the message is delivered again after this time.
 */
export const CONTAINER_VISIBILITY = Duration.seconds(30);

/** Memory and timeout of a function. CPU grows with memory: 1769 MB get one whole processor. */
export interface FunctionSize {
  readonly memoryMb: number;
  readonly timeout: Duration;
}

interface ServiceSize {
  readonly http: FunctionSize;
  readonly worker: FunctionSize;
  /** Messages per invocation of a worker, and the maximum of concurrent invocations. */
  readonly batch: { readonly size: number; readonly maxConcurrency: number };
  readonly task: { readonly cpu: number; readonly memoryMb: number };
  /** Requests at the same time in one environment of a Web Function, at most. Absent: the default of Lambda, 64. */
  readonly requestsPerEnvironment?: number;
}

const QUICK = { memoryMb: 1024, timeout: Duration.seconds(15) };

/** The default size, for a service that mainly reads and writes its table. */
const PLAIN_SIZE: ServiceSize = {
  http: QUICK,
  worker: { memoryMb: 1024, timeout: Duration.seconds(10) },
  batch: { size: 10, maxConcurrency: 10 },
  task: { cpu: 256, memoryMb: 512 },
};

const OWN_SIZES: Readonly<Partial<Record<Deployed, ServiceSize>>> = {
  // Password hashing needs CPU: twice the memory halves the time of a log-in.
  auth: {
    http: { memoryMb: 1769, timeout: Duration.seconds(15) },
    worker: { memoryMb: 512, timeout: Duration.seconds(10) },
    batch: { size: 1, maxConcurrency: 2 },
    task: { cpu: 512, memoryMb: 1024 },
  },
  // A charge makes two calls of the provider, each with a timeout of 10 s.
  payments: {
    http: QUICK,
    worker: { memoryMb: 1024, timeout: Duration.seconds(25) },
    batch: { size: 5, maxConcurrency: 10 },
    task: { cpu: 256, memoryMb: 512 },
  },
  // A step of the coordinator charges as payments does.
  checkout: {
    http: QUICK,
    worker: { memoryMb: 1024, timeout: Duration.seconds(25) },
    batch: { size: 1, maxConcurrency: 10 },
    task: { cpu: 256, memoryMb: 512 },
  },
  // Decoding and encoding need a whole processor. A gateway times out after 29 s.
  images: {
    http: { memoryMb: 1769, timeout: Duration.seconds(29) },
    worker: { memoryMb: 1769, timeout: Duration.seconds(30) },
    batch: { size: 1, maxConcurrency: 5 },
    task: { cpu: 1024, memoryMb: 2048 },
    // An environment has 2 vCPUs and 2 GB, and each picture is encoded in its own thread.
    requestsPerEnvironment: 8,
  },
  simulator: {
    http: { memoryMb: 512, timeout: Duration.seconds(29) },
    worker: { memoryMb: 512, timeout: Duration.seconds(15) },
    batch: { size: 5, maxConcurrency: 5 },
    task: { cpu: 256, memoryMb: 512 },
  },
};

/** Returns the size of a service, or the default. */
export function sizeOf(service: Deployed): ServiceSize {
  return OWN_SIZES[service] ?? PLAIN_SIZE;
}

/**
 * Returns the visibility timeout for a function: more than six times the function's timeout, as AWS recommends, so that
 * throttled messages are not delivered twice.
 */
export function functionVisibility(worker: FunctionSize): Duration {
  return Duration.seconds(6 * worker.timeout.toSeconds() + 1);
}
