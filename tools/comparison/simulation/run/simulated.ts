import type { LatencyHistogram } from '../../statistics/index.ts';
import type { Ending } from '../models/call.ts';
import type { Step } from './step-works.ts';

/** What a step of the simulated requests looked like. */
export interface SimulatedStep {
  readonly latencies: LatencyHistogram;
  readonly endings: Readonly<Record<Ending, number>>;
}

/** A moment of a simulated run. */
export interface Moment {
  readonly atMs: number;
  readonly requestsPerSecond: number;
  /** Of the requests since the last moment. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly coldShare: number;
  readonly failedShare: number;
  /** Tasks, sandboxes and environments. */
  readonly processes: number;
  readonly oldestMessageMs: number;
}

/** The result of simulating one target. */
export interface Simulated {
  readonly target: string;
  readonly steps: Readonly<Record<Step, SimulatedStep>>;
  readonly orderConfirmed: LatencyHistogram;
  readonly requests: number;
  readonly coldShare: number;
  readonly failedShare: number;
  readonly moments: readonly Moment[];
  readonly peakProcesses: number;
  readonly meanTasks: number;
  /** Services whose scaling wanted more tasks than the templates allow. */
  readonly reachedCap: readonly string[];
  /** Absent without a CDN. */
  readonly cdnHitRate?: number;
  /** Of Web Functions: processor time and environments times milliseconds. */
  readonly web?: { readonly cpuMs: number; readonly environmentMs: number };
  readonly events: number;
}
