import { expect, it } from 'vitest';
import { shardOf } from './shard-of.ts';

const ids = Array.from({ length: 400 }, (_, index) => `order-${index}`);

it('spreads ids over every shard', () => {
  expect(new Set(ids.map((id) => shardOf(id, 16)))).toEqual(new Set(Array(16).keys()));
});

it('always gives an id the same shard', () => {
  // Written out: items are found by their shard, so it must not change from release to release.
  expect(ids.slice(0, 4).map((id) => shardOf(id, 16))).toEqual([9, 11, 13, 8]);
});
