import { expect, test } from 'vitest';
import { PartFindings } from '../../../data/index.ts';
import { RENDITIONS_PER_PICTURE, reportJob, sumsOf } from './job-figures.ts';

const size = { words: 'function of 1024 MB', usdPerSecond: 0.00001, usdPerInvocation: 0.0000002 };

test('a sample of pictures is extrapolated to all of them', () => {
  const job = { kind: 'function' as const, size, seconds: [2, 4], shopPictures: 100 };
  const sums = sumsOf(job);
  expect(sums).toMatchObject({
    secondsPerPicture: 3,
    seconds: 300,
    pieces: 2100,
    picturesIn900s: 300,
  });
  expect(sums.usd).toBeCloseTo(300 * 0.00001 + 2100 * 0.0000002, 10);
});

test('a container has one piece and pays for no invocations', () => {
  const sums = sumsOf({ kind: 'container', size, seconds: [2], shopPictures: 10 });
  expect(sums).toMatchObject({ pieces: 1, seconds: 20 });
  expect(sums.usd).toBeCloseTo(20 * 0.00001, 10);
});

test('every sampled figure has its sample size and range', () => {
  const findings = new PartFindings('limits', () => new Date(0));
  const target = {
    name: 'serverless',
    variant: 'serverless' as const,
    kind: 'local' as const,
    baseUrl: 'http://x',
    label: 'local, not AWS',
    admin: { email: '', password: '' },
  };
  reportJob(findings, target, {
    kind: 'function',
    size,
    seconds: [2, 4],
    pieceSeconds: Array.from({ length: 2 * RENDITIONS_PER_PICTURE }, () => 0.1),
    shopPictures: 40,
    codeLines: 30,
    program: 'job-in-pieces.ts',
  });
  const found = (what: string) => findings.figures.find(({ id }) => id.endsWith(what));
  expect(found('long-job/seconds')).toMatchObject({
    value: 120,
    n: 2,
    indicative: true,
    spread: { kind: 'min-max', low: 80, high: 160 },
  });
  expect(found('long-job/pictures-per-s')?.spread).toMatchObject({ low: 0.25, high: 0.5 });
  expect(found('long-job/pieces')).toMatchObject({ value: 840, spread: { kind: 'exact' } });
});
