import type { Findings, PartId } from '../data/index.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ComparePart, PartContext } from './part.ts';
import { PartSchedule, type PartTime } from './part-schedule.ts';
import type { RunRecord } from './run-record.ts';

/** An aborted part fails if it does not end within this time. */
const GRACE_MS = 8_000;

/** The context that all parts share. */
export type SharedContext = Omit<
  PartContext,
  'budgetMs' | 'limitMs' | 'signal' | 'soFar' | 'progress'
>;

/**
 * Runs the parts in sequence and writes the record after each. A part that throws or does not end is recorded as missing with
 * the reason, and the run continues. A part for which the time is too short is left out. A part may be listed twice: the later
 * result replaces the earlier one.
 * @param options.withinMs time for all parts; essential parts may exceed it
 */
export async function runParts(options: {
  parts: readonly ComparePart[];
  shared: SharedContext;
  record: RunRecord;
  signal: AbortSignal;
  withinMs: number;
  progress: (what: string, remainingMs: number) => void;
  done: (part: PartId, state: string, seconds: number, why?: string) => void;
  clock?: Clock;
}): Promise<void> {
  const { parts, shared, record, signal, done, clock = systemClock } = options;
  const deadline = clock.now() + options.withinMs;
  const schedule = new PartSchedule(shared.mode, deadline);
  const tried = new Set<PartId>();
  const leaveOut = (part: ComparePart, why: string) => {
    if (tried.has(part.id)) return;
    record.notRun(part.id, why);
    done(part.id, record.stateOf(part.id), 0, why);
  };
  for (const part of parts) {
    const time = schedule.timeFor(part, clock.now());
    if (signal.aborted) leaveOut(part, 'the run was interrupted before this part');
    else if ('why' in time) leaveOut(part, time.why);
    else {
      tried.add(part.id);
      const startedAt = clock.now();
      const progress = progressOf(part, time, { clock, deadline, show: options.progress });
      const context = { ...shared, ...time, signal, soFar: record.figures, progress };
      const outcome = await runOne(part, context, clock);
      const tookMs = clock.now() - startedAt;
      schedule.ran(part, tookMs);
      keep(record, part.id, { ...outcome, tookMs, interrupted: signal.aborted });
      await record.write();
      done(part.id, record.stateOf(part.id), tookMs / 1000, outcome.why);
    }
  }
}

/** Shows the progress of a part with the remaining time of the run. */
function progressOf(
  { id }: ComparePart,
  { budgetMs }: PartTime,
  run: { clock: Clock; deadline: number; show: (what: string, remainingMs: number) => void },
): PartContext['progress'] {
  const startedAt = run.clock.now();
  const show = (what: string, share: number) => {
    const now = run.clock.now();
    const ownMs = Math.min(budgetMs * (1 - share), startedAt + budgetMs - now);
    run.show(what, Math.max(0, ownMs, run.deadline - now));
  };
  show(id, 0);
  return (count, total, what) => show(`${id}: ${what}`, total > 0 ? Math.min(1, count / total) : 0);
}

/** Records the result of a part. */
function keep(
  record: RunRecord,
  id: PartId,
  result: { findings?: Findings; why?: string; tookMs: number; interrupted: boolean },
): void {
  const { findings, why, tookMs, interrupted } = result;
  const seconds = tookMs / 1000;
  if (!findings) {
    if (!record.has(id)) record.notRun(id, why ?? 'it returned no findings', seconds);
    return;
  }
  const rest = why ?? (interrupted ? 'the run was interrupted' : undefined);
  const missing = rest ? [{ part: id, what: 'The rest of the part', why: rest }] : [];
  const all = { ...findings, missing: [...findings.missing, ...missing] };
  record.add(id, rest ? 'partial' : 'done', seconds, all);
}

/** Runs a part until it ends or exceeds its time limit. */
async function runOne(
  part: ComparePart,
  context: PartContext,
  clock: Clock,
): Promise<{ findings?: Findings; why?: string }> {
  const tooLong = new AbortController();
  const cancel = clock.after(context.limitMs, () => tooLong.abort());
  const signal = AbortSignal.any([context.signal, tooLong.signal]);
  const whyEnded = () => (tooLong.signal.aborted ? 'it exceeded its time limit' : undefined);
  try {
    const findings = await Promise.race([
      part.measure({ ...context, signal }),
      rejectAfterGrace(signal, clock),
    ]);
    const why = whyEnded();
    return { findings, ...(why ? { why } : {}) };
  } catch (error) {
    const why = whyEnded() ?? (context.signal.aborted ? 'the run was interrupted' : undefined);
    if (process.env.TRIPTYCH_DEBUG) console.error(error);
    return { why: why ?? `it failed: ${(error as Error).message.split('\n', 1)[0]}` };
  } finally {
    cancel();
  }
}

/** Rejects some time after the signal, for a part that ignores it. */
function rejectAfterGrace(signal: AbortSignal, clock: Clock): Promise<never> {
  return new Promise((_, reject) => {
    const startGrace = () => {
      clock.after(GRACE_MS, () => reject(new Error('it did not end')));
    };
    if (signal.aborted) startGrace();
    else signal.addEventListener('abort', startGrace, { once: true });
  });
}
