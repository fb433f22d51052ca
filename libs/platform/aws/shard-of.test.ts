import { expect, it } from 'vitest';
import { shardOf } from './shard-of.ts';

const ids = Array.from({ length: 400 }, (_, index) => `order-${index}`);

it('spreads ids over all shards', () => {
  expect(new Set(ids.map((id) => shardOf(id, 16)))).toEqual(new Set(Array(16).keys()));
});

it('always maps an id to the same shard', () => {
  // Fixed values: stored items are found by their shard, so the mapping must never change.
  expect(ids.slice(0, 4).map((id) => shardOf(id, 16))).toEqual([9, 11, 13, 8]);
});
