import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile } from '../../../statistics/index.ts';
import { JOURNEY_STEPS, type JourneyStep } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';
import { addMissingP99, addQuantiles } from './add-quantiles.ts';
import type { Collected } from './collected.ts';
import type { InitDurations } from './init-durations.ts';
import type { OpenedTarget } from './opened-targets.ts';
import { STEP_TITLES } from './step-titles.ts';

/** The measurements of all targets. */
export interface Measured {
  readonly context: PartContext;
  readonly opened: readonly OpenedTarget[];
  readonly collected: Collected;
}

/**
 * Adds the figures of cold requests.
 * @param never the steps of each target that never start a process
 */
export function addCold(
  findings: PartFindings,
  { context, opened, collected, never }: Measured & { never: Map<string, Set<JourneyStep>> },
): void {
  for (const { target } of opened) {
    const { name } = target;
    const addMissing = (what: string, why: string) =>
      findings.addMissing({ target: name, what, why });
    if (!target.local) {
      addMissing('All steps, cold', 'this run cannot end the processes of a remote target');
      continue;
    }
    if (!never.has(name)) {
      addMissing('All steps, cold', 'its processes run all the time, so no request is cold');
      continue;
    }
    const withoutP99: string[] = [];
    for (const step of JOURNEY_STEPS) {
      const what = `${step}/cold`;
      const samplesMs = collected.of(name, what);
      if (samplesMs.length === 0) {
        addMissing(
          `${STEP_TITLES[step]}, cold`,
          never.get(name)?.has(step)
            ? 'a process that runs all the time answers it, so it is never cold'
            : 'time ran out before it was measured',
        );
        continue;
      }
      const title = `${STEP_TITLES[step]}, cold`;
      const complete = addQuantiles(findings, {
        target: name,
        what,
        title,
        samplesMs,
        origin:
          'one request after ending every sandbox; counted if a span of its trace is marked cold' +
          (step === 'picture'
            ? '; a rendition that did not exist yet, so rendering is included'
            : ''),
        seed: context.seed,
      });
      if (!complete) withoutP99.push(title);
    }
    addMissingP99(findings, name, withoutP99);
  }
}

/** Adds each function's INIT duration, which AWS bills too. */
export function addInits(
  findings: PartFindings,
  target: ComparedTarget,
  inits: InitDurations,
  seed: number,
): void {
  for (const [name, samplesMs] of inits.byFunction(target)) {
    const { value, low, high, n } = estimateQuantile(samplesMs, 0.5, { seed });
    findings.figure({
      what: `init-ms/${name}`,
      target: target.name,
      title: `INIT duration of ${name}`,
      value,
      unit: 'ms',
      sampled: { n, spread: { kind: 'ci95', low, high } },
      origin:
        'median of the Init Durations in REPORT lines, each after ending every sandbox; on this machine’s CPU, not AWS’s',
      better: 'lower',
    });
  }
}
