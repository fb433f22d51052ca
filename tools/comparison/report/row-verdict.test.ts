import { describe, expect, test } from 'vitest';
import type { Figure } from '../data/index.ts';
import { judgeRow } from './row-verdict.ts';

type Given = Partial<Omit<Figure, 'spread'>> & {
  id: string;
  value: number;
  spread?: [number, number] | 'exact';
};

/** A figure with 100 samples and an interval of 3 % on both sides, unless the test says otherwise. */
function figure({ id, value, spread = [value * 0.97, value * 1.03], ...more }: Given): Figure {
  const [part = '', target = ''] = id.split('/');
  const exact = spread === 'exact';
  return {
    id,
    part: part as Figure['part'],
    ...(target === 'all' ? {} : { target }),
    title: id,
    value,
    unit: 'ms',
    n: exact ? 1 : 100,
    spread: exact
      ? { kind: 'exact', low: value, high: value }
      : { kind: 'ci95', low: spread[0], high: spread[1] },
    origin: 'a test',
    at: '2026-01-01T00:00:00Z',
    indicative: false,
    better: 'lower',
    ...more,
  };
}

/** The noise control beside both targets. */
const noise = (microservices: number, serverless: number): Figure[] => [
  figure({ id: 'latency/microservices/noise/p50', value: microservices }),
  figure({ id: 'latency/serverless/noise/p50', value: serverless }),
];
const pair = (key: string, values: readonly [number, number], more: Partial<Given> = {}) =>
  (['microservices', 'serverless'] as const).map((target, at) => {
    const [part = '', ...rest] = key.split('/');
    return figure({ id: [part, target, ...rest].join('/'), value: values[at] ?? 0, ...more });
  });
const judged = (figures: readonly Figure[], run: readonly Figure[] = noise(1.5, 1.7)) => {
  const { winner, doubt } = judgeRow(figures, [...run, ...figures]);
  return { winner: winner?.target, doubt };
};
const NONE = { winner: undefined, doubt: undefined };

describe('times', () => {
  const confirmed = pair('latency/order-confirmed/warm/p50', [5953, 2306]);

  test('a clear difference on a quiet machine has a winner', () => {
    expect(judged(confirmed)).toEqual({ winner: 'serverless', doubt: undefined });
  });

  test('a noise control of 83 ms beside one target and 14 ms beside the other: no winner', () => {
    expect(judged(confirmed, noise(83, 14))).toEqual({ winner: undefined, doubt: 'busy' });
  });

  test('noise that is low but three times as high beside one target: no winner', () => {
    expect(judged(confirmed, noise(6, 2))).toEqual({ winner: undefined, doubt: 'uneven' });
  });

  test('uneven tails of the noise rule out a verdict on tails only', () => {
    const tails = [
      ...noise(1.5, 1.5),
      figure({ id: 'latency/microservices/noise/p95', value: 30 }),
      figure({ id: 'latency/serverless/noise/p95', value: 6 }),
    ];
    const p95 = pair('latency/order-confirmed/warm/p95', [5953, 2306]);
    expect(judged(p95, tails).doubt).toBe('uneven');
    expect(judged(confirmed, tails).winner).toBe('serverless');
  });

  test('without a noise control: no winner', () => {
    expect(judged(confirmed, [])).toEqual({ winner: undefined, doubt: 'unmeasured' });
  });

  test('the noise beside all targets together stands in for the noise beside each', () => {
    const all = [figure({ id: 'latency/all/noise/p50', value: 1.5 })];
    expect(judged(confirmed, all).winner).toBe('serverless');
  });

  test('a difference of a smaller factor than the noise beside the targets: no winner', () => {
    const close = pair('latency/browse/warm/p50', [15, 10]);
    expect(judged(close, noise(3, 1.8))).toEqual(NONE);
    expect(judged(close, noise(1.9, 1.8)).winner).toBe('serverless');
  });

  test('a difference smaller than the latency of the noise control: no winner', () => {
    const close = pair('latency/browse/warm/p50', [6, 4]);
    expect(judged(close, noise(3, 3))).toEqual(NONE);
    expect(judged(close, noise(1, 1)).winner).toBe('serverless');
  });

  test('seconds are compared with the noise in milliseconds', () => {
    const starts = pair('deployment/start/all', [4, 2], { unit: 's' });
    expect(judged(starts, noise(9, 9)).winner).toBe('serverless');
  });

  test('the row of the noise control itself has no winner', () => {
    const rows = pair('latency/noise/p50', [9, 2]);
    expect(judged(rows, []).doubt).toBe('noise-control');
    expect(judged(rows, []).winner).toBeUndefined();
  });
});

describe('samples', () => {
  test.each([
    ['a recovery time with n = 1', 'faults/catalog/recovery', 's', 1],
    ['a median of 29 samples', 'latency/browse/warm/p50', 'ms', 29],
    ['memory sampled 8 times', 'idle/memory', 'MiB', 8],
  ])('%s: no winner', (_, key, unit, n) => {
    const rows = pair(key, [239, 193], { unit, n });
    expect(judged(rows)).toEqual({ winner: undefined, doubt: 'few-samples' });
  });

  test.each(['s', '1/s', 'requests'])('a single measurement in %s has no winner', (unit) => {
    const rows = pair('limits/long-job/speed', [109, 12], { unit, spread: 'exact' });
    expect(judged(rows).doubt).toBe('few-samples');
  });

  test('one figure of the row with few samples is enough', () => {
    const [one, other] = pair('latency/browse/warm/p50', [30, 10]);
    if (!one || !other) throw new Error('there are two');
    expect(judged([{ ...one, n: 12 }, other]).doubt).toBe('few-samples');
  });

  test('overlapping intervals: no winner', () => {
    const rows = pair('latency/browse/warm/p50', [20, 15], { spread: [14, 21] });
    expect(judged(rows)).toEqual(NONE);
  });
});

describe('counts and bills', () => {
  const counted = (values: [number, number], unit = 'count') =>
    judged(pair('complexity/artifact-bytes', values, { unit, spread: 'exact' }), []);

  test('13.4 MiB against 13.4 MiB has no winner', () => {
    expect(counted([14_056_112, 14_061_340], 'bytes')).toEqual(NONE);
  });

  test('a difference of less than a tenth decides nothing', () => {
    expect(counted([107, 102])).toEqual(NONE);
    expect(counted([8, 4]).winner).toBe('serverless');
    expect(counted([1, 0]).winner).toBe('serverless');
  });

  const bills = (values: [number, number], n: number) =>
    judged(pair('cost/month/1000000', values, { unit: 'USD/month', n }), []);

  test('a bill from few samples has a winner only if the difference is large', () => {
    expect(bills([182, 17.28], 10).winner).toBe('serverless');
    expect(bills([182, 155], 10)).toEqual(NONE);
    expect(bills([182, 155], 30).winner).toBe('serverless');
  });

  test('a bill from a single sample has no winner', () => {
    expect(bills([182, 17.28], 1).doubt).toBe('few-samples');
  });
});

test('a row with one figure, or without a direction, has no winner', () => {
  const [one, other] = pair('latency/browse/warm/p50', [30, 10]);
  if (!one || !other) throw new Error('there are two');
  expect(judged([one])).toEqual(NONE);
  const { better: _, ...undirected } = one;
  expect(judged([undirected, other])).toEqual(NONE);
});
