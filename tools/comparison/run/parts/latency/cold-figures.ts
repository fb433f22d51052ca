import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile } from '../../../statistics/index.ts';
import { type JourneyStep, journeySteps } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';
import { addQuantiles, lackP99 } from './add-quantiles.ts';
import type { Collected } from './collected.ts';
import type { InitDurations } from './init-durations.ts';
import type { OpenedTarget } from './opened-targets.ts';
import { stepTitles } from './step-titles.ts';

/** What was measured of all targets. */
export interface Measured {
  readonly context: PartContext;
  readonly opened: readonly OpenedTarget[];
  readonly collected: Collected;
}

/** @param never the steps, per target, for which nothing starts */
export function addCold(
  findings: PartFindings,
  { context, opened, collected, never }: Measured & { never: Map<string, Set<JourneyStep>> },
): void {
  for (const { target } of opened) {
    const { name } = target;
    const lack = (what: string, why: string) => findings.lack({ target: name, what, why });
    if (!target.local) {
      lack('every step, cold', 'the processes of a remote target cannot be ended from here');
      continue;
    }
    if (!never.has(name)) {
      lack('every step, cold', 'its processes run all the time: nothing starts for a request');
      continue;
    }
    const withoutP99: string[] = [];
    for (const step of journeySteps) {
      const what = `${step}/cold`;
      const samplesMs = collected.of(name, what);
      if (samplesMs.length === 0) {
        lack(
          `${stepTitles[step]}, cold`,
          never.get(name)?.has(step)
            ? 'no process was started for it: what answers runs all the time'
            : 'time ran out before it was asked for',
        );
        continue;
      }
      const title = `${stepTitles[step]}, cold`;
      const complete = addQuantiles(findings, {
        target: name,
        what,
        title,
        samplesMs,
        origin:
          'every sandbox ended, then one request; kept when a span of its trace says cold' +
          (step === 'picture' ? '; a picture nobody had asked for, so its making is in it' : ''),
        seed: context.seed,
      });
      if (!complete) withoutP99.push(title);
    }
    lackP99(findings, name, withoutP99);
  }
}

/** What a bill needs of each function: AWS bills INIT too. */
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
      title: `Time that ${name} takes to load (INIT)`,
      value,
      unit: 'ms',
      sampled: { n, spread: { kind: 'ci95', low, high } },
      origin:
        'median of the Init Durations in REPORT lines, each after every sandbox was ended; this machine’s processor, not AWS’s',
      better: 'lower',
    });
  }
}
