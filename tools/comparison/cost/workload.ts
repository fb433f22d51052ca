/**
 * The operations that the local cloud counts during a journey, in the units that AWS bills: DynamoDB reads and writes in request
 * units, including index copies; transaction items in units before they count double; event entries; calls of everything else.
 */
export const operations = [
  'dynamodb-read',
  'dynamodb-write',
  'dynamodb-transact-item',
  'sqs',
  'events',
  's3-get',
  's3-put',
  'invocations',
] as const;
export type Operation = (typeof operations)[number];

export interface FunctionWork {
  readonly perJourney: number;
  /** Billed duration when warm. */
  readonly ms: number;
  readonly initMs: number;
}

/** The work of a Web Function. CPU time is in CPU milliseconds of the measuring machine. */
export interface WebWork {
  readonly requestsPerJourney: number;
  /** CPU time of the requests of a journey. */
  readonly cpuMs: number;
  /** Memory that an environment uses. */
  readonly memoryMb: number;
  /** CPU time from the start of the process until it listens. */
  readonly startCpuMs: number;
  /** CPU time of an environment without requests, per second. */
  readonly idleCpuMsPerSecond: number;
}

/** The work of one customer journey in a variant, as plain numbers. */
export interface Workload {
  readonly requestsPerJourney: number;
  readonly bytesOutPerJourney: number;
  /** CPU milliseconds by container service. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly operations: Readonly<Record<Operation, number>>;
  /** By function name, as in the inventory. */
  readonly functions: Readonly<Record<string, FunctionWork>>;
  /** By service. */
  readonly web: Readonly<Record<string, WebWork>>;
  readonly coldShareUnderLoad: number;
  readonly logBytesPerJourney: number;
  readonly picturesPerJourney: number;
}

/** The month to compute a bill for. */
export interface Scenario {
  readonly requestsPerMonth: number;
  /** Peak requests per second divided by the monthly mean. */
  readonly peakToMean: number;
  /** Whether to subtract AWS's free tier, assuming nothing else in the account uses it. */
  readonly freeTier: boolean;
  /** `peak`: tasks for the peak run all month; `follow`: scaling follows the load without delay. */
  readonly scaling: 'peak' | 'follow';
}

export const DEFAULT_SCENARIO = {
  peakToMean: 4,
  freeTier: false,
  scaling: 'peak',
} as const satisfies Partial<Scenario>;
