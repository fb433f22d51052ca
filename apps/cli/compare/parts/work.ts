import { PartFindings } from '@triptych/comparison/data';
import { seededRandom, shuffled } from '@triptych/comparison/statistics';
import type { MeasurePart } from '../part.ts';
import { addWork } from './work/add-work.ts';
import { type StepWork, WorkedTarget, workSteps } from './work/worked-target.ts';

/** Of each step in one round; a round is one sample. */
const timesPerRound = { quick: 3, full: 4 };
/** Rounds with every sandbox ended before, for the time functions take to load. */
const coldRounds = { quick: 1, full: 5 };
/** Of the time, for them. */
const coldShare = 0.25;
const mostRounds = 40;

/** What a journey costs each variant: processor time, operations, requests, bytes, invocations. */
export const measureWork: MeasurePart = async (context) => {
  const findings = new PartFindings('work');
  const { mode, signal, progress } = context;
  const startedAt = performance.now();
  const coming: Promise<WorkedTarget>[] = [];
  for (const target of context.targets) {
    const { name, local } = target;
    if (!local) {
      const why = 'what a remote target does inside is not to be seen from here';
      findings.lack({ target: name, what: 'work of a journey', why });
      continue;
    }
    coming.push(WorkedTarget.open(target, local, timesPerRound[mode]));
  }
  progress(0, 1, 'customers for all targets');
  const settled = await Promise.allSettled(coming);
  const opened = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const warm = new Map<string, StepWork[][]>(opened.map(({ target }) => [target.name, []]));
  const cold = new Map<string, StepWork[]>(opened.map(({ target }) => [target.name, []]));
  const random = seededRandom(context.seed);
  const times = timesPerRound[mode];
  const round = async (one: WorkedTarget, count: number) => {
    const steps: StepWork[] = [];
    for (const step of workSteps) {
      if (!signal.aborted) steps.push(await one.work(step, count, signal));
    }
    return steps;
  };
  try {
    const refused = settled.find((one) => one.status === 'rejected');
    if (refused) throw refused.reason;
    // As many processes start as a round needs, caches fill. Side by side: it counts for nothing.
    await Promise.all(opened.map((one) => round(one, times)));
    const warmUntil = startedAt + context.budgetMs * (1 - coldShare);
    let longestMs = 0;
    for (let done = 0; done < mostRounds && !signal.aborted; done += 1) {
      const since = performance.now();
      if (done > 0 && since + longestMs > warmUntil) break;
      for (const one of shuffled(opened, random)) {
        progress(since - startedAt, context.budgetMs, `journeys in ${one.target.name}`);
        const steps = await round(one, times);
        if (!signal.aborted) warm.get(one.target.name)?.push(steps);
      }
      longestMs = Math.max(longestMs, performance.now() - since);
    }
    const until = startedAt + context.budgetMs;
    for (
      let done = 0;
      done < coldRounds[mode] && performance.now() + longestMs < until;
      done += 1
    ) {
      for (const one of shuffled(opened, random)) {
        if (signal.aborted) break;
        progress(performance.now() - startedAt, context.budgetMs, `cold, ${one.target.name}`);
        await one.local.makeCold();
        cold.get(one.target.name)?.push(...(await round(one, 1)));
      }
    }
  } finally {
    for (const one of opened) one.close();
  }
  for (const { target } of opened) {
    const idle = context.soFar.find(({ id }) => id === `idle/${target.name}/cpu`)?.value;
    addWork(findings, {
      target: target.name,
      rounds: warm.get(target.name) ?? [],
      cold: cold.get(target.name) ?? [],
      idleMsPerSecond: idle,
      seed: context.seed,
    });
  }
  return findings;
};
