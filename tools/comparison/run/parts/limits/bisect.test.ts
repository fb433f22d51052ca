import { expect, test } from 'vitest';
import { findBound } from './bisect.ts';

const upTo = (most: number) => async (value: number) => value <= most;

test('finds the largest number that is accepted', async () => {
  for (const most of [1, 2, 63, 64, 65, 99]) {
    const found = await findBound({ low: 1, high: 100, accepts: upTo(most) });
    expect(found).toMatchObject({ accepted: most, rejected: most + 1 });
  }
});

test('a correct guess takes four probes', async () => {
  const found = await findBound({ low: 1, high: 1e9, guess: 65_536, accepts: upTo(65_536) });
  expect(found).toEqual({ accepted: 65_536, rejected: 65_537, probes: 4 });
});

test('a wrong guess leads to the same result', async () => {
  const found = await findBound({ low: 1, high: 1000, guess: 10, accepts: upTo(700) });
  expect(found).toMatchObject({ accepted: 700, rejected: 701 });
});

test('without a limit in the range, only one end is known', async () => {
  expect(await findBound({ low: 1, high: 100, accepts: upTo(1000) })).toMatchObject({
    accepted: 100,
    rejected: undefined,
  });
  expect(await findBound({ low: 1, high: 100, accepts: upTo(0) })).toMatchObject({
    accepted: undefined,
    rejected: 1,
  });
});

test('returns a partial result when time runs out', async () => {
  let left = 4;
  const goOn = () => {
    left -= 1;
    return left >= 0;
  };
  const {
    accepted = 0,
    rejected = 0,
    probes,
  } = await findBound({
    low: 1,
    high: 1000,
    accepts: upTo(300),
    goOn,
  });
  expect(probes).toBe(4);
  expect([accepted <= 300, rejected > 300]).toEqual([true, true]);
});

test('stops within the tolerance', async () => {
  const { accepted = 0, rejected = 0 } = await findBound({
    low: 0,
    high: 1024,
    tolerance: 16,
    accepts: upTo(500),
  });
  expect(rejected - accepted).toBeLessThanOrEqual(16);
});
