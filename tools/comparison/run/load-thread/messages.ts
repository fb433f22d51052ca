import type { Arrival, Sample } from '../../load/index.ts';
import type { JourneyMakings, PlacedOrder, Step } from '../../workloads/index.ts';

/** What a load is made of: steps of a journey, and the noise control. An order is looked at until it is confirmed. */
export type LoadKind = 'browse' | 'picture' | 'log-in' | 'order' | 'noise';

/** What came of one request; the noise control has nothing to tell. */
export type LoadAnswer = Step | PlacedOrder | undefined;

export type LoadSample = Sample<LoadKind, LoadAnswer>;

/** An open load to one target. */
export interface LoadBlock {
  readonly baseUrl: string;
  /** Customers, stock and pictures, as they were made ready. */
  readonly makings: JourneyMakings;
  /** Where the noise control answers; needed where one is among the arrivals. */
  readonly noiseUrl?: string;
  readonly arrivals: readonly Arrival<LoadKind>[];
  /** From the intended start on. */
  readonly timeoutMs: number;
  readonly maxInFlight: number;
}

/** To the thread. */
export type LoadOrder = { readonly block: LoadBlock } | 'abort';

/** From the thread: the samples, with gaps where the load was aborted, or why there are none. */
export type LoadOutcome =
  | { readonly samples: readonly (LoadSample | undefined)[] }
  | { readonly failure: string };
