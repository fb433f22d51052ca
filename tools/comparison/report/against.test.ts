import { describe, expect, test } from 'vitest';
import type { Figure, ReportData } from '../data/index.ts';
import { compareRuns } from './against.ts';
import { againstLines } from './against-lines.ts';
import { syntheticData } from './testing/synthetic-data.ts';

/** The synthetic run with some figures, and their intervals, multiplied by a factor. */
function changed(factors: Record<string, number>): ReportData {
  const data = syntheticData();
  const scale = (figure: Figure): Figure => {
    const by = factors[figure.id] ?? 1;
    const { value, spread } = figure;
    return {
      ...figure,
      value: value * by,
      spread: { ...spread, low: spread.low * by, high: spread.high * by },
    };
  };
  return { ...data, figures: data.figures.map(scale) };
}
const browse = 'latency/hybrid/browse/warm/p50';
const noise = 'latency/all/noise/p50';
const ids = (changes: readonly { newer: Figure }[]) => changes.map(({ newer }) => newer.id);

describe('comparing with an older run', () => {
  test('identical data has no changes', () => {
    const against = compareRuns(syntheticData(), syntheticData());
    expect(against).toMatchObject({ worse: [], better: [], noise: 1, gone: [], warnings: [] });
    expect(against.same).toBeGreaterThan(100);
  });

  test('slower beyond the interval is worse, faster is better', () => {
    const slower = compareRuns(changed({ [browse]: 1.3 }), syntheticData());
    expect(ids(slower.worse)).toEqual([browse]);
    expect(ids(compareRuns(changed({ [browse]: 0.7 }), syntheticData()).better)).toEqual([browse]);
  });

  test('a change within the interval is ignored', () => {
    expect(compareRuns(changed({ [browse]: 1.04 }), syntheticData()).worse).toEqual([]);
  });

  test('a time that changed less than the noise control is not worse', () => {
    const now = changed({ [browse]: 1.3, [noise]: 1.4 });
    const against = compareRuns(now, syntheticData());
    expect(against.noise).toBeCloseTo(1.4);
    expect(against.worse).toEqual([]);
  });

  test('a change of a figure with a single sample is ignored', () => {
    const id = 'faults/hybrid/catalog/recovery';
    expect(compareRuns(changed({ [id]: 3 }), syntheticData())).toMatchObject({ worse: [] });
  });

  test.each([
    ['busy', 20, 'was busy with other work'],
    ['noisier than the other', 3, 'The noise of the machine differs'],
  ])('if one run was %s, times are not compared, and a warning says so', (_, times, why) => {
    const now = changed({ [browse]: 9, [noise]: times });
    const against = compareRuns(now, syntheticData());
    expect(ids(against.worse)).toEqual([]);
    expect(against.warnings).toEqual([expect.stringContaining(why)]);
  });

  test('a lower value is worse if higher is better', () => {
    const id = 'limits/serverless/most-concurrent';
    expect(ids(compareRuns(changed({ [id]: 0.5 }), syntheticData()).worse)).toEqual([id]);
    expect(ids(compareRuns(changed({ [id]: 2 }), syntheticData()).better)).toEqual([id]);
  });

  test('every change of a counted figure is reported, whatever the noise', () => {
    const id = 'complexity/hybrid/resources';
    const against = compareRuns(changed({ [id]: 1.01, [noise]: 3 }), syntheticData());
    expect(ids(against.worse)).toEqual([id]);
  });

  test('data of another version is rejected in one line', () => {
    const older = { ...syntheticData(), version: 2 } as unknown as ReportData;
    expect(() => compareRuns(syntheticData(), older)).toThrow(/^[^\n]*they are not comparable\.$/);
  });

  test('a comparison across machines has a warning', () => {
    const older = syntheticData();
    older.machine.cpu = 'Another CPU';
    expect(compareRuns(syntheticData(), older).warnings).toEqual([
      expect.stringContaining('Different machine'),
    ]);
  });

  test('the terminal output lists each change with its values', () => {
    const lines = againstLines(compareRuns(changed({ [browse]: 1.3 }), syntheticData()));
    expect(lines).toContainEqual(
      expect.stringMatching(/7\.2\u00a0ms → 9\.36\u00a0ms \(1\.3\u00a0×\).*browse/),
    );
  });
});
