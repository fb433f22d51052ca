/** A number that the simulation needs and that neither a template nor a measurement gives. */
export interface SimulationAssumption {
  readonly value: number;
  readonly unit: string;
  /** Where it comes from, or that nothing says it. */
  readonly source: string;
}

const LAMBDA_SCALING = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html';
const TARGET_TRACKING =
  'https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html';
const NOT_DOCUMENTED = 'not documented by AWS for Web Functions; a guess';

/** Every assumption by its name. `--assume NAME=N` replaces one. */
export const SIMULATION_ASSUMPTIONS = {
  warmAlwaysSeconds: {
    value: 240,
    unit: 's',
    source:
      'below this gap no request was seen to start cold; public measurements of real functions',
  },
  coldAfter5MinShare: {
    value: 0.2,
    unit: 'share',
    source: 'share of requests that start cold after a gap of 5 minutes; public measurements',
  },
  coldAfter6MinShare: {
    value: 0.88,
    unit: 'share',
    source: 'the same after 6 minutes; after 7 minutes it is above 0.99',
  },
  sandboxLifeHours: {
    value: 2,
    unit: 'h',
    source:
      'mean time after which Lambda replaces a sandbox even if it is in use; AWS gives no number',
  },
  scaleOutPerSecond: {
    value: 100,
    unit: 'sandboxes/s',
    source: `1,000 sandboxes per function every 10 seconds; ${LAMBDA_SCALING}`,
  },
  accountConcurrency: {
    value: 1_000,
    unit: 'sandboxes',
    source: `the default quota of an account in a region, which new accounts may get later; ${LAMBDA_SCALING}`,
  },
  taskStartSeconds: {
    value: 45,
    unit: 's',
    source:
      'from the decision to the first request: 30 to 60 s for a small image on Fargate; public measurements',
  },
  scaleOutMinutes: {
    value: 3,
    unit: 'min',
    source: `target tracking raises its alarm after 3 datapoints above the target; ${TARGET_TRACKING}`,
  },
  scaleInMinutes: {
    value: 15,
    unit: 'min',
    source: `target tracking scales in after 15 datapoints below 90 % of the target; ${TARGET_TRACKING}`,
  },
  overloadMs: {
    value: 1_000,
    unit: 'ms',
    source:
      'a container rejects requests while its event loop is delayed by more (libs/platform/http/overload.ts)',
  },
  webConcurrency: {
    value: 64,
    unit: 'requests',
    source:
      'the default ceiling per environment; Lambda moves the limit below it by rules that it does not document',
  },
  webIdleSeconds: { value: 60, unit: 's', source: NOT_DOCUMENTED },
  webQueueSeconds: { value: 30, unit: 's', source: NOT_DOCUMENTED },
  variation: {
    value: 0.5,
    unit: 'standard deviation / mean',
    source: 'of processor time and of waits; a lognormal distribution around the measured mean',
  },
} as const satisfies Record<string, SimulationAssumption>;

export type SimulationAssumptionId = keyof typeof SIMULATION_ASSUMPTIONS;
export type SimulationAssumed = Readonly<Record<SimulationAssumptionId, number>>;

/** The assumptions as plain numbers, with replacements. */
export function assumeForSimulation(replaced: Partial<SimulationAssumed> = {}): SimulationAssumed {
  const values = Object.entries(SIMULATION_ASSUMPTIONS).map(([id, { value }]) => [id, value]);
  return { ...(Object.fromEntries(values) as SimulationAssumed), ...replaced };
}

const MINUTE_MS = 60_000;

/** How long an idle sandbox stays warm, as points of a cumulative function: milliseconds and shares. */
export function warmTimes(assumed: SimulationAssumed): readonly (readonly [number, number])[] {
  return [
    [Math.min(assumed.warmAlwaysSeconds * 1_000, 5 * MINUTE_MS - 1), 0],
    [5 * MINUTE_MS, assumed.coldAfter5MinShare],
    [6 * MINUTE_MS, assumed.coldAfter6MinShare],
    [7 * MINUTE_MS, 0.99],
    [8 * MINUTE_MS, 1],
  ];
}
