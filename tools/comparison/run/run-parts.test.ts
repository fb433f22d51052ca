import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PartFindings, type PartId, type ReportData } from '../data/index.ts';
import { checkReportData } from '../report/index.ts';
import type { ComparePart, MeasurePart } from './part.ts';
import { runParts } from './run-parts.ts';
import { RunRecord } from './run-record.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triptych-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = () => JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8')) as ReportData;
const part = (id: PartId, measure: MeasurePart, quick = 5): ComparePart => ({
  id,
  measure,
  budget: { quick, full: 60 },
});
const counting =
  (id: PartId): MeasurePart =>
  async () => {
    const findings = new PartFindings(id);
    findings.figure({ what: 'count', title: 'Counted', value: 1, unit: 'count', origin: 'a test' });
    return findings;
  };

async function run(
  parts: readonly ComparePart[],
  { signal = new AbortController().signal, withinMs = 60_000 } = {},
): Promise<ReportData> {
  const record = new RunRecord({
    folder,
    startedAt: new Date('2026-11-22T12:00:00Z'),
    mode: 'quick',
    seed: 1,
    root: folder,
    command: 'npm run compare',
    targets: [],
  });
  await runParts({
    parts,
    shared: { targets: [], mode: 'quick', seed: 1, assembly: '', artifacts: '' },
    record,
    signal,
    withinMs,
    progress: () => {},
    done: () => {},
  });
  return record.data();
}

test('each part sees the figures of earlier parts, which are already on disk', async () => {
  const seen: string[][] = [];
  const data = await run([
    part('idle', counting('idle')),
    part('work', async (context) => {
      seen.push(context.soFar.map(({ id }) => id));
      expect(written().figures.map(({ id }) => id)).toEqual(['idle/all/count']);
      return counting('work')(context);
    }),
  ]);
  expect(seen).toEqual([['idle/all/count']]);
  expect(data.parts.map(({ id, state }) => `${id} ${state}`)).toEqual(['idle done', 'work done']);
  expect(checkReportData(written(), 'data.json').figures).toHaveLength(2);
});

test('a part that throws is recorded as missing, and the next part runs', async () => {
  const data = await run([
    part('idle', async () => {
      throw new Error('no such thing\n  at somewhere');
    }),
    part('work', counting('work')),
  ]);
  expect(data.missing).toEqual([
    { part: 'idle', what: 'The whole part', why: 'it failed: no such thing' },
  ]);
  expect(data.parts.map(({ state }) => state)).toEqual(['not-run', 'done']);
});

test('a part that takes too long is aborted and keeps its results so far', async () => {
  const patient: MeasurePart = async (context) => {
    await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    return counting('idle')(context);
  };
  const data = await run([part('idle', patient, 0.05)]);
  expect(data.parts[0]?.state).toBe('partial');
  expect(data.figures).toHaveLength(1);
  expect(data.missing[0]?.why).toContain('exceeded its time limit');
});

test('an interruption keeps the results of the current part and records why the others are missing', async () => {
  const interrupted = new AbortController();
  const data = await run(
    [
      part('idle', async (context) => {
        interrupted.abort();
        return counting('idle')(context);
      }),
      part('work', counting('work')),
    ],
    { signal: interrupted.signal },
  );
  expect(data.parts.map(({ state }) => state)).toEqual(['partial', 'not-run']);
  expect(data.missing.map(({ why }) => why)).toEqual([
    'the run was interrupted',
    'the run was interrupted before this part',
  ]);
});

test('a part that needs more than the remaining time is left out instead of shortened', async () => {
  const data = await run([part('idle', counting('idle'), 30), part('work', counting('work'), 10)], {
    withinMs: 20_000,
  });
  expect(data.parts.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'idle not-run',
    'work done',
  ]);
  expect(data.missing).toEqual([
    {
      part: 'idle',
      what: 'The whole part',
      why: 'it takes about 30 s on this machine, and only 20 s were left',
    },
  ]);
});

test('a repeated part replaces its earlier result, unless it fails', async () => {
  const failing: MeasurePart = async () => {
    throw new Error('no such thing');
  };
  const twice = await run([part('cost', counting('cost')), part('cost', counting('cost'))]);
  expect(twice.figures).toHaveLength(1);
  const kept = await run([part('cost', counting('cost')), part('cost', failing)]);
  expect(kept.parts.map(({ state }) => state)).toEqual(['done']);
  expect(kept.figures).toHaveLength(1);
});

test('credentials of a target are not written', async () => {
  const record = new RunRecord({
    folder,
    startedAt: new Date(),
    mode: 'full',
    seed: 1,
    root: folder,
    command: '',
    targets: [
      {
        name: 'aws',
        variant: 'hybrid',
        kind: 'remote',
        baseUrl: 'https://x.example',
        label: 'AWS',
        ...{ admin: { email: 'a@x.example', password: 'hidden' } },
      },
    ],
  });
  await record.write();
  expect(readFileSync(join(folder, 'data.json'), 'utf8')).not.toContain('hidden');
  expect(existsSync(join(folder, 'data.json.part'))).toBe(false);
});
