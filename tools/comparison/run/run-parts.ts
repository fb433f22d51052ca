import type { Findings, PartId } from '../data/index.ts';
import type { ComparePart, PartContext } from './part.ts';
import type { RunRecord } from './run-record.ts';

/** A part is aborted after its budget times this factor, plus one second. It fails if it does not end within `GRACE_MS`. */
const BUDGET_TOLERANCE = 1.15;
const GRACE_MS = 8_000;

/** The context that all parts share. */
export type SharedContext = Omit<PartContext, 'budgetMs' | 'signal' | 'soFar' | 'progress'>;

/**
 * Runs the parts in sequence and writes the record after each. A part that throws or does not end is recorded as missing with
 * the reason, and the run continues.
 * @param options.withinMs time for all parts; if it is less than the sum of their budgets, all budgets shrink by one factor
 */
export async function runParts(options: {
  parts: readonly ComparePart[];
  shared: SharedContext;
  record: RunRecord;
  signal: AbortSignal;
  withinMs: number;
  progress: (what: string, remainingMs: number) => void;
  done: (part: PartId, state: string, seconds: number, why?: string) => void;
}): Promise<void> {
  const { parts, shared, record, signal, progress, done } = options;
  const deadline = performance.now() + options.withinMs;
  for (const [index, part] of parts.entries()) {
    if (signal.aborted) {
      record.notRun(part.id, 'the run was interrupted before this part');
      continue;
    }
    const seconds = (of: readonly ComparePart[]) =>
      of.reduce((sum, { budget }) => sum + budget[shared.mode], 0);
    const asked = seconds(parts.slice(index)) * 1000;
    const share = Math.min(1, Math.max(0.1, (deadline - performance.now()) / asked));
    const budgetMs = part.budget[shared.mode] * 1000 * share;
    const laterMs = seconds(parts.slice(index + 1)) * 1000 * share;
    const startedAt = performance.now();
    progress(part.id, budgetMs + laterMs);
    const { findings, why } = await runOne(part, {
      ...shared,
      budgetMs,
      signal,
      soFar: record.figures,
      progress: (count, total, what) => {
        const share = total > 0 ? Math.min(1, count / total) : 0;
        const ownMs = Math.max(
          0,
          Math.min(budgetMs * (1 - share), startedAt + budgetMs - performance.now()),
        );
        progress(`${part.id}: ${what}`, ownMs + laterMs);
      },
    });
    const took = (performance.now() - startedAt) / 1000;
    if (!findings) record.notRun(part.id, why ?? 'it returned no findings', took);
    else {
      const rest = why ?? (signal.aborted ? 'the run was interrupted' : undefined);
      const missing = rest ? [{ part: part.id, what: 'the rest of the part', why: rest }] : [];
      const all = { ...findings, missing: [...findings.missing, ...missing] };
      record.add(part.id, rest ? 'partial' : 'done', took, all);
    }
    await record.write();
    done(part.id, record.stateOf(part.id), took, why);
  }
}

/** Runs a part until it ends or exceeds its time limit. */
async function runOne(
  part: ComparePart,
  context: PartContext,
): Promise<{ findings?: Findings; why?: string }> {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), context.budgetMs * BUDGET_TOLERANCE + 1_000);
  const signal = AbortSignal.any([context.signal, tooLong.signal]);
  const whyEnded = () => (tooLong.signal.aborted ? 'it exceeded its time budget' : undefined);
  try {
    const findings = await Promise.race([
      part.measure({ ...context, signal }),
      rejectAfterGrace(signal),
    ]);
    const why = whyEnded();
    return { findings, ...(why ? { why } : {}) };
  } catch (error) {
    const why = whyEnded() ?? (context.signal.aborted ? 'the run was interrupted' : undefined);
    if (process.env.TRIPTYCH_DEBUG) console.error(error);
    return { why: why ?? `it failed: ${(error as Error).message.split('\n', 1)[0]}` };
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects some time after the signal, for a part that ignores it. */
function rejectAfterGrace(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const startGrace = () =>
      setTimeout(() => reject(new Error('it did not end')), GRACE_MS).unref();
    if (signal.aborted) startGrace();
    else signal.addEventListener('abort', startGrace, { once: true });
  });
}
