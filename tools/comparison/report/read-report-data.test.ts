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

test('what was written is read back, by folder or by file', async () => {
  const report = join(folder, 'report');
  expect(await readReportData(report)).toEqual(syntheticData());
  expect(await readReportData(join(report, 'data.json'))).toEqual(syntheticData());
});

test('what is not there is said in one line', async () => {
  await expect(readReportData(join(folder, 'nowhere'))).rejects.toThrow(/^There is no report at/);
});

test('what is no JSON is said in one line', async () => {
  await writeFile(join(folder, 'broken.json'), '{');
  await expect(readReportData(join(folder, 'broken.json'))).rejects.toThrow(
    /cannot be read as JSON\.$/,
  );
});

test('another version is named before its shape is looked at', () => {
  expect(() => checkReportData({ version: 99 }, 'old.json')).toThrow(
    'old.json is of version 99 of the comparison',
  );
});

test.each([
  [{}, 'the whole'],
  [{ ...syntheticData(), targets: [{ name: 'a' }] }, '/targets/0'],
  [null, 'the whole'],
])('a fault is named by its place (%#)', (data, place) => {
  expect(() => checkReportData(data, 'x.json')).toThrow(place);
});
