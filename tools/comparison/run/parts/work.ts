import { PartFindings } from '../../data/index.ts';
import { seededRandom, shuffled } from '../../statistics/index.ts';
import type { MeasurePart } from '../part.ts';
import { addWork } from './work/add-work.ts';
import { type StepWork, WorkedTarget, workSteps } from './work/worked-target.ts';

/** Of each step in one round; a round is one sample. */
const timesPerRound = 2;
const mostRounds = 31;

/** What a journey costs each variant: processor time, operations, requests, bytes, invocations. */
export const measureWork: MeasurePart = async (context) => {
  const findings = new PartFindings('work');
  const { signal, progress } = context;
  const startedAt = performance.now();
  const coming: Promise<WorkedTarget>[] = [];
  for (const target of context.targets) {
    const { name, local } = target;
    if (!local) {
      const why = 'what a remote target does inside is not to be seen from here';
      findings.lack({ target: name, what: 'work of a journey', why });
      continue;
    }
    coming.push(WorkedTarget.open(target, local, timesPerRound));
  }
  progress(0, 1, 'customers for all targets');
  const settled = await Promise.allSettled(coming);
  const opened = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const warm = new Map<string, StepWork[][]>(opened.map(({ target }) => [target.name, []]));
  const random = seededRandom(context.seed);
  const round = async (one: WorkedTarget) => {
    const steps: StepWork[] = [];
    for (const step of workSteps) {
      if (!signal.aborted) steps.push(await one.work(step, timesPerRound, signal));
    }
    return steps;
  };
  try {
    const refused = settled.find((one) => one.status === 'rejected');
    if (refused) throw refused.reason;
    // As many processes start as a round needs, caches fill. Side by side: it counts for nothing.
    await Promise.all(opened.map(round));
    const until = startedAt + context.budgetMs;
    let longestMs = 0;
    for (let done = 0; done < mostRounds && !signal.aborted; done += 1) {
      const since = performance.now();
      if (done > 0 && since + longestMs > until) break;
      for (const one of shuffled(opened, random)) {
        progress(since - startedAt, context.budgetMs, `journeys in ${one.target.name}`);
        const steps = await round(one);
        if (!signal.aborted) warm.get(one.target.name)?.push(steps);
      }
      longestMs = Math.max(longestMs, performance.now() - since);
    }
  } finally {
    for (const one of opened) one.close();
  }
  for (const { target } of opened) {
    const idle = context.soFar.find(({ id }) => id === `idle/${target.name}/cpu`)?.value;
    addWork(findings, {
      target: target.name,
      rounds: warm.get(target.name) ?? [],
      idleMsPerSecond: idle,
      seed: context.seed,
    });
  }
  return findings;
};
