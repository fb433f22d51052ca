import type { PartFindings } from '../../../data/index.ts';
import type { ComparedTarget } from '../../part.ts';

/** What probing one target is given. */
export interface Probe {
  readonly findings: PartFindings;
  readonly target: ComparedTarget;
  /** Milliseconds until this probe has to end. */
  readonly leftMs: () => number;
  readonly signal: AbortSignal;
}

/** Bounds are found by trying: what was accepted is the value, what was refused the other end. */
export function tellBound(
  { findings, target }: Probe,
  bound: {
    readonly what: string;
    readonly title: string;
    readonly unit: string;
    readonly origin: string;
  },
  found: {
    readonly accepted: number | undefined;
    readonly refused: number | undefined;
    readonly probes: number;
  },
): void {
  const { what, title, unit, origin } = bound;
  const { accepted, refused, probes } = found;
  if (accepted === undefined) {
    const why = probes === 0 ? 'the time was used up before it' : 'even the smallest was refused';
    findings.lack({ target: target.name, what: title, why });
    return;
  }
  findings.figure({
    what,
    target: target.name,
    title,
    value: accepted,
    unit,
    // The truth lies from the largest accepted up to below the smallest refused.
    ...(refused === undefined || refused - accepted <= 1
      ? {}
      : { sampled: { n: probes, spread: { kind: 'min-max', low: accepted, high: refused } } }),
    origin: `${origin}; ${probes} probes${refused === undefined ? '; none was refused, so the limit is not below this' : ''}`,
    better: 'higher',
  });
}
