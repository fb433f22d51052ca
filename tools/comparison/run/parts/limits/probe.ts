import type { PartFindings } from '../../../data/index.ts';
import type { ComparedTarget } from '../../part.ts';

/** The context of a probe of one target. */
export interface Probe {
  readonly findings: PartFindings;
  readonly target: ComparedTarget;
  /** Milliseconds left for this probe. */
  readonly leftMs: () => number;
  readonly signal: AbortSignal;
}

/** Adds a limit as a figure: the largest accepted value, with the smallest rejected value as the upper end of its range. */
export function addBound(
  { findings, target }: Probe,
  bound: {
    readonly what: string;
    readonly title: string;
    readonly unit: string;
    readonly origin: string;
  },
  found: {
    readonly accepted: number | undefined;
    readonly rejected: number | undefined;
    readonly probes: number;
  },
): void {
  const { what, title, unit, origin } = bound;
  const { accepted, rejected, probes } = found;
  if (accepted === undefined) {
    const why =
      probes === 0 ? 'time ran out before it was measured' : 'even the smallest value was rejected';
    findings.addMissing({ target: target.name, what: title, why });
    return;
  }
  findings.figure({
    what,
    target: target.name,
    title,
    value: accepted,
    unit,
    // The limit lies between the largest accepted and the smallest rejected value.
    ...(rejected === undefined || rejected - accepted <= 1
      ? {}
      : { sampled: { n: probes, spread: { kind: 'min-max', low: accepted, high: rejected } } }),
    origin: `${origin}; ${probes} probes${rejected === undefined ? '; none was rejected, so the limit is at least this' : ''}`,
    better: 'higher',
  });
}
