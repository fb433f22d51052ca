import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PartFindings } from '../data/index.ts';
import type { Clock } from './clock.ts';
import type { ComparePart } from './part.ts';
import { partsInOrder } from './parts/index.ts';
import { runParts } from './run-parts.ts';
import { RunRecord } from './run-record.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triptych-slow-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A clock that only moves when a test moves it. */
class FakeClock implements Clock {
  #now = 0;
  readonly #calls = new Set<{ at: number; then: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, then: () => void): () => void {
    const call = { at: this.#now + ms, then };
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const call of [...this.#calls].filter(({ at }) => at <= this.#now)) {
      this.#calls.delete(call);
      call.then();
    }
  }
}

const START_UP_MS = 30_000;
const QUICK_MS = 170_000;

/**
 * Runs the real parts in their real order on a fake machine. Each part needs its budget times `slowness`; with a little less
 * time it takes fewer samples. It has only half of its figures if it is aborted, or gets less than 80 % of what it needs.
 */
async function runQuick(slowness: number, startUpMs = START_UP_MS * slowness) {
  const clock = new FakeClock();
  clock.pass(startUpMs);
  const budgets = new Map<string, number[]>();
  const onFakeMachine = (part: ComparePart): ComparePart => ({
    ...part,
    measure: async ({ budgetMs, signal }) => {
      budgets.set(part.id, [...(budgets.get(part.id) ?? []), budgetMs]);
      const neededMs = part.budget.quick * 1000 * slowness;
      clock.pass(part.essential ? neededMs : Math.min(neededMs, budgetMs));
      const whole = !signal.aborted && (part.essential || budgetMs >= neededMs * 0.79);
      const findings = new PartFindings(part.id);
      const figure = { title: 'Half', value: 1, unit: 'count', origin: 'a test' };
      findings.figure({ ...figure, what: 'first-half' });
      if (whole) findings.figure({ ...figure, what: 'second-half' });
      return findings;
    },
  });
  const record = new RunRecord({
    ...{ folder, startedAt: new Date(0), mode: 'quick', seed: 1, root: folder },
    ...{ command: 'npm run compare -- --quick', targets: [] },
  });
  await runParts({
    parts: partsInOrder().map(onFakeMachine),
    shared: { targets: [], mode: 'quick', seed: 1, assembly: '', artifacts: '' },
    record,
    signal: new AbortController().signal,
    withinMs: QUICK_MS - clock.now(),
    progress: () => {},
    done: () => {},
    clock,
  });
  const data = record.data();
  const inState = (state: string) =>
    data.parts.filter((part) => part.state === state).map(({ id }) => id);
  return { data, inState, budgets, endedAt: clock.now() };
}

const ESSENTIAL = ['behaviour', 'latency', 'cost', 'idle', 'work', 'complexity'];

test('on an idle machine a quick run ends within its time and measures nearly everything', async () => {
  const { inState, endedAt } = await runQuick(1);
  expect(endedAt).toBeLessThanOrEqual(QUICK_MS);
  expect(inState('done')).toEqual(expect.arrayContaining([...ESSENTIAL, 'bursts', 'faults']));
  expect(inState('partial')).toEqual([]);
});

test.each([2, 3, 5, 7])(
  'on a machine that is %i times slower, conformance, latency and the bill are still measured whole',
  async (slowness) => {
    const { inState, data } = await runQuick(slowness);
    expect(inState('done')).toEqual(expect.arrayContaining(ESSENTIAL));
    expect(inState('partial')).toEqual([]);
    for (const id of inState('done')) {
      const halves = data.figures.filter(({ part }) => part === id);
      expect(halves, id).toHaveLength(2);
    }
  },
);

test('if starting the shops used up all the time, the essential parts still run', async () => {
  const { inState } = await runQuick(1, QUICK_MS + 60_000);
  expect(inState('done')).toEqual(expect.arrayContaining(ESSENTIAL));
});

test('a part that does not fit is left out with the reason, and a shorter one after it still runs', async () => {
  const { inState, data } = await runQuick(1, 75_000);
  expect(inState('not-run')).toContain('bursts');
  expect(inState('done')).toContain('faults');
  const missing = data.missing.find(({ part }) => part === 'bursts');
  expect(missing?.why).toMatch(/^it takes about 36 s on this machine, and only \d+ s were left$/);
});

test('a part gets more time on a slow machine, because it needs it', async () => {
  const { budgets } = await runQuick(1.4, 0);
  const [bursts = 0] = budgets.get('bursts') ?? [];
  expect(bursts / 1000).toBeCloseTo(36 * 1.4, 0);
});

test('the second computation of the bill does not replace the first one if time has run out', async () => {
  const { data } = await runQuick(7);
  expect(data.parts.find(({ id }) => id === 'cost')?.state).toBe('done');
  expect(data.missing.filter(({ part }) => part === 'cost')).toEqual([]);
});
