/** A number the bill needs and nothing measures; each is listed in the report beside the bill it is in. */
export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** What is assumed, and why just that. A caller may replace any of them. */
export const assumptions = {
  cpuPerVcpu: {
    value: 1,
    unit: 'vCPU per processor of the measuring machine',
    why: 'processor time was measured on this machine; a vCPU is taken to be as fast',
  },
  eventBytes: {
    value: 2048,
    unit: 'bytes',
    why: 'an event with its envelope; what matters is that it is below 64 KB, and so counts once',
  },
  keepWarmSeconds: {
    value: 600,
    unit: 's',
    why: 'how long Lambda keeps an idle sandbox; AWS publishes no number',
  },
  coldShareUnderLoad: {
    value: 0.001,
    unit: 'share',
    why: 'used where the run has no spike/cold-share: others measured about 0.1 % of calls',
  },
  logBytesPerRequest: {
    value: 600,
    unit: 'bytes',
    why: 'used where the run has no log-bytes-per-journey: a span line of about 350 bytes for a request, and the spans below it',
  },
  logBytesPerInvocation: {
    value: 350,
    unit: 'bytes',
    why: 'the START, END and REPORT lines that Lambda itself writes for each invocation',
  },
  logMonthsKept: {
    value: 0.47,
    unit: 'months',
    why: 'the log groups keep two weeks of thirty days; taken as not compressed',
  },
  bytesInPerRequest: {
    value: 1024,
    unit: 'bytes',
    why: 'headers and a small JSON body; counts towards the load balancer alone, since data in is free',
  },
  connectionsPerJourney: {
    value: 1,
    unit: 'connections',
    why: 'a browser keeps its connection through a visit',
  },
  connectionSeconds: {
    value: 60,
    unit: 's',
    why: 'half a minute of visit and the 30 s after which the load balancer closes an idle connection',
  },
  storedBytesPerJourney: {
    value: 4096,
    unit: 'bytes',
    why: "an order with its index copy and its payment; the tables are taken to hold one month's",
  },
  pictureGb: {
    value: 1,
    unit: 'GB',
    why: "originals, and their renditions where these are stored: a small shop's",
  },
  picturesPerJourney: {
    value: 1,
    unit: 'requests',
    why: "used where the run does not count them: the journey's own picture; only these run the CDN's functions",
  },
  containerPollSeconds: {
    value: 5,
    unit: 's',
    why: "the containers' long poll (libs/platform/queue/polling-loop.ts); each that finds nothing is billed",
  },
  functionPollers: {
    value: 5,
    unit: 'pollers per queue',
    why: 'Lambda keeps five long polls open on a queue without messages (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html)',
  },
  functionPollSeconds: {
    value: 20,
    unit: 's',
    why: 'the longest poll of SQS, which Lambda uses',
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionId = keyof typeof assumptions;
export type Assumed = Readonly<Record<AssumptionId, number>>;

/** The assumptions as plain numbers, some replaced. */
export function assume(replaced: Partial<Assumed> = {}): Assumed {
  const values = Object.entries(assumptions).map(([id, { value }]) => [id, value]);
  return { ...(Object.fromEntries(values) as Assumed), ...replaced };
}
