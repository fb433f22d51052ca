import type { Arrival, Sample } from '../../load/index.ts';
import type { JourneyFixtures, PlacedOrder, Step } from '../../workloads/index.ts';

/** Kinds of request: the steps of a journey, and the noise control. An order is polled until it is confirmed. */
export type LoadKind = 'browse' | 'picture' | 'log-in' | 'order' | 'noise';

/** The result of one request; undefined for the noise control. */
export type LoadAnswer = Step | PlacedOrder | undefined;

export type LoadSample = Sample<LoadKind, LoadAnswer>;

/** An open-loop load on one target. */
export interface LoadBlock {
  readonly baseUrl: string;
  /** The prepared accounts, products and pictures. */
  readonly fixtures: JourneyFixtures;
  /** URL of the noise control; required if the arrivals include it. */
  readonly noiseUrl?: string;
  readonly arrivals: readonly Arrival<LoadKind>[];
  /** Counted from the intended start. */
  readonly timeoutMs: number;
  readonly maxInFlight: number;
}

/** A message to the thread. */
export type LoadOrder = { readonly block: LoadBlock } | 'abort';

/** A message from the thread: the samples, with gaps after an abort, or the reason for a failure. */
export type LoadOutcome =
  | { readonly samples: readonly (LoadSample | undefined)[] }
  | { readonly failure: string };
