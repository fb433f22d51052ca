/**
 * What the local cloud counts while a journey runs, as AWS bills it: reads and writes of DynamoDB in request units, copies in
 * indexes included; items of transactions in units before they count twice; entries of events; calls of everything else.
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
  /** Warm, billed. */
  readonly ms: number;
  readonly initMs: number;
}

/** What one customer's journey through the shop costs a variant, in plain numbers. */
export interface Workload {
  readonly requestsPerJourney: number;
  readonly bytesOutPerJourney: number;
  /** Processor milliseconds by container service. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly operations: Readonly<Record<Operation, number>>;
  /** By the names of the inventory. */
  readonly functions: Readonly<Record<string, FunctionWork>>;
  readonly coldShareUnderLoad: number;
  readonly logBytesPerJourney: number;
  readonly picturesPerJourney: number;
}

/** The month that is asked about. */
export interface Scenario {
  readonly requestsPerMonth: number;
  /** Requests per second in the busiest time, over the month's mean. */
  readonly peakToMean: number;
  /** AWS's free allowances: nobody else in the account uses them. */
  readonly freeTier: boolean;
  /** `peak`: tasks for the peak all month; `follow`: scaling follows the load, as if without delay. */
  readonly scaling: 'peak' | 'follow';
}

export const defaultScenario = {
  peakToMean: 4,
  freeTier: false,
  scaling: 'peak',
} as const satisfies Partial<Scenario>;
