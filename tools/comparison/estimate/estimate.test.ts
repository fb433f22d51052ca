import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DATA_VERSION } from '../data/index.ts';
import { estimateFlags } from './estimate-flags.ts';
import { measuredRun } from './measured-run.ts';

describe('flags', () => {
  test('define the scenario; flags that are left out have defaults', () => {
    expect(estimateFlags(['--requests-per-month', '5e6', '--peak-to-mean', '8'])).toMatchObject({
      scenario: { requestsPerMonth: 5e6, peakToMean: 8, freeTier: false, scaling: 'peak' },
      region: 'us-east-1',
      assumed: {},
    });
  });

  test('replace an assumption by its name', () => {
    expect(estimateFlags(['--assume', 'pictureGb=20']).assumed).toEqual({ pictureGb: 20 });
  });

  test('give the rates of Web Functions, whose defaults nobody knows', () => {
    expect(estimateFlags([])).not.toHaveProperty('rates');
    const rate = (text: string) => ['--rate', text];
    const args = [...rate('web.cpu=2e-5'), ...rate('web.memory=0'), ...rate('web.requests=0.2')];
    expect(estimateFlags(args).rates).toEqual({ cpu: 0.00002, memory: 0, requests: 0.2 });
  });

  test.each([
    [['--rate', 'web.disk=1'], 'web.cpu, web.memory, web.requests'],
    [['--rate', 'web.cpu'], '--rate web.cpu takes a number from 0'],
    [['--rate', 'web.cpu=-1'], '--rate web.cpu takes a number from 0'],
    [['--rate', 'web.cpu=1', '--rate', 'web.cpu=1'], 'given twice'],
    [['--rate', 'web.cpu=1'], 'add web.memory and web.requests'],
    [['--requests-per-month', 'many'], '--requests-per-month takes a number'],
    [['--requests-per-month=-1'], '--requests-per-month takes a number from 0'],
    [['--peak-to-mean', '0.5'], '--peak-to-mean takes a number from 1'],
    [['--scaling', 'never'], '--scaling takes peak or follow'],
    [['--region', 'mars-1'], 'us-east-1'],
    [['--assume', 'luck=1'], '--assume takes NAME=N'],
    [['--nonsense'], '--nonsense'],
    [['5e6'], 'flags only'],
  ])('%j is rejected in one line with the reason', (args, reason) => {
    const parse = () => estimateFlags(args);
    expect(parse).toThrow(UserError);
    expect(parse).toThrow(reason);
    expect(parse).not.toThrow('\n');
  });
});

describe('the measured figures', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'estimate-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function report(folder: string, data: object): Promise<void> {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'data.json'), JSON.stringify(data));
  }
  const run = (part: string) => ({ version: DATA_VERSION, figures: [{ part }] });

  test('come from the newest run that measured work, else from the committed sample', async () => {
    await report('docs/sample-report', run('work'));
    expect(measuredRun(undefined, root).path).toBe('docs/sample-report/data.json');
    await report('reports/2026-11-01T10-00-00', run('work'));
    await report('reports/2026-11-02T10-00-00', run('latency'));
    expect(measuredRun(undefined, root).path).toBe('reports/2026-11-01T10-00-00/data.json');
  });

  test('come from a named report', async () => {
    await report('reports/mine', run('work'));
    expect(measuredRun('reports/mine', root).path).toBe('reports/mine/data.json');
  });

  test.each([
    ['reports/none', 'there is no reports/none/data.json'],
    ['reports/idle', 'no figures of the part "work"'],
    ['reports/old', 'not comparison data'],
  ])('of %s are rejected in one line', async (named, reason) => {
    await report('reports/idle', run('idle'));
    await report('reports/old', { version: 0 });
    expect(() => measuredRun(named, root)).toThrow(reason);
  });

  test('do not exist before the first run, and the message says how to measure', () => {
    expect(() => measuredRun(undefined, root)).toThrow('npm run compare -- --quick');
  });
});
