import type { Assumed } from '../assumptions.ts';
import { type Quantities, sumQuantities } from '../bill.ts';
import { SECONDS_PER_MONTH } from '../metering.ts';
import type { WebWork } from '../workload.ts';
import { type Environments, environmentsOf } from './environments.ts';
import type { WebFunctionInventory } from './template-inventory.ts';

/** A month of one Web Function. */
export interface WebMonth {
  readonly one: WebFunctionInventory;
  readonly work: WebWork;
  readonly journeys: number;
  readonly peakToMean: number;
  readonly assumed: Assumed;
}

export interface WebUsage {
  readonly service: string;
  readonly environments: Environments;
  readonly quantities: Quantities;
}

/**
 * What a Web Function uses in a month, in the dimensions that AWS bills: requests, active CPU time, and the memory used over
 * the life of its environments, idle or not (AWS Lambda Developer Guide, "Web functions", read on 2026-11-30). Each start also
 * reads the code from the bucket and the secrets.
 */
export function webUsage({ one, work, journeys, peakToMean, assumed }: WebMonth): WebUsage {
  const requests = journeys * work.requestsPerJourney;
  const cpuSeconds = (journeys * work.cpuMs * assumed.cpuPerVcpu) / 1000;
  const environments = environmentsOf({
    perSecond: requests / SECONDS_PER_MONTH,
    cpuSeconds: requests === 0 ? 0 : cpuSeconds / requests,
    peakToMean,
    idleSeconds: assumed.webIdleSeconds,
    cpuPerEnvironment: assumed.webCpuPerEnvironment,
  });
  const { mean, starts } = environments;
  const alive = mean * SECONDS_PER_MONTH;
  const ownCpuMs = starts * work.startCpuMs + alive * work.idleCpuMsPerSecond;
  return {
    service: one.service,
    environments,
    quantities: {
      'web-requests': requests,
      'web-vcpu-seconds': cpuSeconds + (ownCpuMs * assumed.cpuPerVcpu) / 1000,
      'web-gb-seconds': (alive * work.memoryMb) / 1024,
      's3-gets': starts,
      'secret-calls': starts * one.secrets,
    },
  };
}

/** The quantities of all Web Functions together. */
export function webQuantities(usages: readonly WebUsage[]): Quantities {
  return sumQuantities(...usages.map(({ quantities }) => quantities));
}
