import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkReportData, readReportData } from './read-report-data.ts';
import { syntheticData } from './testing/synthetic-data.ts';
import { writeReport } from './write-report.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triptych-report-'));
  await writeReport(join(folder, 'report'), syntheticData());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a written report can be read by folder or by file', async () => {
  const report = join(folder, 'report');
  expect(await readReportData(report)).toEqual(syntheticData());
  expect(await readReportData(join(report, 'data.json'))).toEqual(syntheticData());
});

test('a missing report is reported in one line', async () => {
  await expect(readReportData(join(folder, 'nowhere'))).rejects.toThrow(/^There is no report at/);
});

test('invalid JSON is reported in one line', async () => {
  await writeFile(join(folder, 'broken.json'), '{');
  await expect(readReportData(join(folder, 'broken.json'))).rejects.toThrow(/is not valid JSON\.$/);
});

test('the version is checked before the shape', () => {
  expect(() => checkReportData({ version: 99 }, 'old.json')).toThrow(
    'old.json has comparison data version 99',
  );
});

test.each([
  [{}, 'the document'],
  [{ ...syntheticData(), targets: [{ name: 'a' }] }, '/targets/0'],
  [null, 'the document'],
])('an error names its place in the document (%#)', (data, place) => {
  expect(() => checkReportData(data, 'x.json')).toThrow(place);
});
