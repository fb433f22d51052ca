import { SECONDS_PER_MONTH } from '../metering.ts';

/** The traffic of one Web Function. */
export interface WebTraffic {
  /** Requests per second, on the mean of the month. */
  readonly perSecond: number;
  /** CPU time of a request. */
  readonly cpuSeconds: number;
  readonly peakToMean: number;
  /** After this time without a request, an environment ends. */
  readonly idleSeconds: number;
  /** The vCPUs that an environment uses before Lambda starts another one. */
  readonly cpuPerEnvironment: number;
}

/** The environments of one Web Function in a month. */
export interface Environments {
  /** Mean number of environments, which may be below 1. */
  readonly mean: number;
  readonly peak: number;
  /** Starts per month after a time without environments. */
  readonly starts: number;
}

/**
 * Models the environments of a month. Requests arrive at random (Poisson). The first environment ends in every gap that is
 * longer than the idle time, and the next request starts it again. During the peak, more environments run, until the CPU of
 * none is used beyond the target. All traffic arrives at the peak's rate, in `1 / peakToMean` of the month.
 * Starts of the additional environments are not counted.
 */
export function environmentsOf(traffic: WebTraffic): Environments {
  const { perSecond, cpuSeconds, peakToMean, idleSeconds, cpuPerEnvironment } = traffic;
  if (perSecond === 0) return { mean: 0, peak: 0, starts: 0 };
  const longGap = Math.exp(-perSecond * idleSeconds);
  const peak = Math.max(1, Math.ceil((perSecond * peakToMean * cpuSeconds) / cpuPerEnvironment));
  return {
    // The share of time since whose last request less than the idle time has passed.
    mean: 1 - longGap + (peak - 1) / peakToMean,
    peak,
    starts: perSecond * longGap * SECONDS_PER_MONTH,
  };
}
