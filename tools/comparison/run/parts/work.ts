import { PartFindings } from '../../data/index.ts';
import { seededRandom, shuffled } from '../../statistics/index.ts';
import type { MeasurePart } from '../part.ts';
import { addWork } from './work/add-work.ts';
import { webStarts } from './work/web-starts.ts';
import { type StepWork, WORK_STEPS, WorkedTarget } from './work/worked-target.ts';

/** How often each step runs in a round. A round is one sample. */
const TIMES_PER_ROUND = 2;
const MAX_ROUNDS = 31;
/** One round has no spread, so two run even if time is short. */
const MIN_ROUNDS = 2;

/** Measures the work of a journey in each variant: CPU time, operations, requests, bytes, invocations. */
export const measureWork: MeasurePart = async (context) => {
  const findings = new PartFindings('work');
  const { signal, progress } = context;
  const startedAt = performance.now();
  const coming: Promise<WorkedTarget>[] = [];
  for (const target of context.targets) {
    const { name, local } = target;
    if (!local) {
      const why = 'the inner work of a remote target is not visible to this run';
      findings.addMissing({ target: name, what: 'Work of a journey', why });
      continue;
    }
    coming.push(WorkedTarget.open(target, local, TIMES_PER_ROUND));
  }
  progress(0, 1, 'registering customers for all targets');
  const settled = await Promise.allSettled(coming);
  const opened = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const warm = new Map<string, StepWork[][]>(opened.map(({ target }) => [target.name, []]));
  const random = seededRandom(context.seed);
  const round = async (one: WorkedTarget) => {
    const steps: StepWork[] = [];
    for (const step of WORK_STEPS) {
      if (!signal.aborted) steps.push(await one.work(step, TIMES_PER_ROUND, signal));
    }
    return steps;
  };
  try {
    const refused = settled.find((one) => one.status === 'rejected');
    if (refused) throw refused.reason;
    // Warm-up: processes start and caches fill. It can run in parallel, because it is not measured.
    await Promise.all(opened.map(round));
    const until = startedAt + context.budgetMs;
    let longestMs = 0;
    for (let done = 0; done < MAX_ROUNDS && !signal.aborted; done += 1) {
      const since = performance.now();
      if (done >= MIN_ROUNDS && since + longestMs > until) break;
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
  for (const { target, local } of opened) {
    const idleOf = (what: string) =>
      context.soFar.find(({ id }) => id === `idle/${target.name}/${what}`)?.value;
    addWork(findings, {
      target: target.name,
      rounds: warm.get(target.name) ?? [],
      idleMsPerSecond: idleOf('cpu'),
      environmentIdleMs: idleOf('web-cpu'),
      starts: await webStarts(target, local, signal),
      seed: context.seed,
    });
  }
  return findings;
};
