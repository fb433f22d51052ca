import { expect, test } from 'vitest';
import { findCycles } from './support/find-cycles.ts';

const graph = (edges: Record<string, string>) =>
  new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]));

test('a tree and a diamond have no cycle', () => {
  expect(findCycles(graph({ a: 'bc', b: 'd', c: 'd', d: '' }))).toEqual([]);
});

test('two nodes that lead to each other are a cycle', () => {
  expect(findCycles(graph({ a: 'b', b: 'a', c: 'a' }))).toEqual([['a', 'b']]);
});

test('each cycle is found once, with all of its nodes', () => {
  const found = findCycles(graph({ a: 'b', b: 'c', c: 'ad', d: 'e', e: 'd' }));
  expect(found.toSorted()).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});
