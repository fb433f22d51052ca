/** A number that the bill needs but that is not measured. The report lists every assumption. */
export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** The assumptions with their reasons. Callers can replace any of them. */
export const ASSUMPTIONS = {
  cpuPerVcpu: {
    value: 1,
    unit: 'vCPU per CPU of the measuring machine',
    why: 'CPU time was measured on this machine; a vCPU is assumed to be as fast',
  },
  eventBytes: {
    value: 2048,
    unit: 'bytes',
    why: 'an event with its envelope; below 64 KB, an event is billed once',
  },
  keepWarmSeconds: {
    value: 600,
    unit: 's',
    why: 'the time Lambda keeps an idle sandbox; AWS publishes no number',
  },
  coldShareUnderLoad: {
    value: 0.001,
    unit: 'share',
    why: 'used if the run has no spike/cold-share; published measurements report about 0.1 % of calls',
  },
  logBytesPerRequest: {
    value: 600,
    unit: 'bytes',
    why: 'used if the run has no log-bytes-per-journey: a span line of about 350 bytes per request, plus its child spans',
  },
  logBytesPerInvocation: {
    value: 350,
    unit: 'bytes',
    why: 'the START, END and REPORT lines that Lambda writes for each invocation',
  },
  logMonthsKept: {
    value: 0.47,
    unit: 'months',
    why: 'the log groups keep logs for two weeks of a thirty-day month; compression is ignored',
  },
  bytesInPerRequest: {
    value: 1024,
    unit: 'bytes',
    why: 'headers and a small JSON body; affects only the load balancer, because incoming data is free',
  },
  connectionsPerJourney: {
    value: 1,
    unit: 'connections',
    why: 'a browser keeps one connection during a visit',
  },
  connectionSeconds: {
    value: 60,
    unit: 's',
    why: 'a visit of half a minute, and the 30 s after which the load balancer closes an idle connection',
  },
  storedBytesPerJourney: {
    value: 4096,
    unit: 'bytes',
    why: 'an order with its index copy and its payment; the tables are assumed to hold the orders of one month',
  },
  pictureGb: {
    value: 1,
    unit: 'GB',
    why: 'originals and stored renditions of a small shop',
  },
  picturesPerJourney: {
    value: 1,
    unit: 'requests',
    why: "used if the run does not count them: the journey's own picture; only picture requests run the CDN's functions",
  },
  containerPollSeconds: {
    value: 5,
    unit: 's',
    why: "the containers' long poll (libs/platform/queue/polling-loop.ts); an empty poll is billed",
  },
  functionPollers: {
    value: 5,
    unit: 'pollers per queue',
    why: 'Lambda keeps five long polls open on an empty queue (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html)',
  },
  functionPollSeconds: {
    value: 20,
    unit: 's',
    why: 'the longest poll of SQS, which Lambda uses',
  },
  webIdleSeconds: {
    value: 300,
    unit: 's',
    why: 'NOT DOCUMENTED: how long an environment of a Web Function stays without requests; as long as idle sandboxes of event functions are often seen to stay',
  },
  webCpuPerEnvironment: {
    value: 0.7,
    unit: 'vCPU',
    why: 'NOT DOCUMENTED: the CPU that an environment uses before Lambda starts another one; a Node.js process uses one of its two vCPUs',
  },
  webLogCopies: {
    value: 2,
    unit: 'copies',
    why: 'Lambda keeps each log line of a Web Function in two log groups; NOT DOCUMENTED: whether the copy is billed like the line, which is assumed',
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionId = keyof typeof ASSUMPTIONS;
export type Assumed = Readonly<Record<AssumptionId, number>>;

/** Returns the assumptions as plain numbers, with replacements. */
export function assume(replaced: Partial<Assumed> = {}): Assumed {
  const values = Object.entries(ASSUMPTIONS).map(([id, { value }]) => [id, value]);
  return { ...(Object.fromEntries(values) as Assumed), ...replaced };
}
