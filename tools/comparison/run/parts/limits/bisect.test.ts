import { expect, test } from 'vitest';
import { findBound } from './bisect.ts';

const upTo = (most: number) => async (value: number) => value <= most;

test('finds the largest number that is accepted', async () => {
  for (const most of [1, 2, 63, 64, 65, 99]) {
    const found = await findBound({ low: 1, high: 100, accepts: upTo(most) });
    expect(found).toMatchObject({ accepted: most, refused: most + 1 });
  }
});

test('a right guess takes four probes', async () => {
  const found = await findBound({ low: 1, high: 1e9, guess: 65_536, accepts: upTo(65_536) });
  expect(found).toEqual({ accepted: 65_536, refused: 65_537, probes: 4 });
});

test('a wrong guess leads to the same bound', async () => {
  const found = await findBound({ low: 1, high: 1000, guess: 10, accepts: upTo(700) });
  expect(found).toMatchObject({ accepted: 700, refused: 701 });
});

test('without a bound in reach, only the end that was seen is known', async () => {
  expect(await findBound({ low: 1, high: 100, accepts: upTo(1000) })).toMatchObject({
    accepted: 100,
    refused: undefined,
  });
  expect(await findBound({ low: 1, high: 100, accepts: upTo(0) })).toMatchObject({
    accepted: undefined,
    refused: 1,
  });
});

test('ends with what it knows when the time is over', async () => {
  let left = 4;
  const goOn = () => {
    left -= 1;
    return left >= 0;
  };
  const {
    accepted = 0,
    refused = 0,
    probes,
  } = await findBound({
    low: 1,
    high: 1000,
    accepts: upTo(300),
    goOn,
  });
  expect(probes).toBe(4);
  expect([accepted <= 300, refused > 300]).toEqual([true, true]);
});

test('stops as close as it was asked to', async () => {
  const { accepted = 0, refused = 0 } = await findBound({
    low: 0,
    high: 1024,
    tolerance: 16,
    accepts: upTo(500),
  });
  expect(refused - accepted).toBeLessThanOrEqual(16);
});
