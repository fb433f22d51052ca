import { expect, test } from 'vitest';
import { PART_IDS } from '../../data/index.ts';
import { partsInOrder } from './index.ts';

const order = partsInOrder().map(({ id }) => id);

test('every part is measured except one that --parts selects; the bill is computed again after the bursts', () => {
  const others = PART_IDS.filter((id) => !order.includes(id));
  expect(others).toEqual(['coordination']);
  expect(partsInOrder(others).map(({ id }) => id)).toEqual(others);
  const again = order.filter((id, at) => order.indexOf(id) !== at);
  expect(again).toEqual(['cost']);
  expect(order.lastIndexOf('cost')).toBeGreaterThan(order.indexOf('bursts'));
});

test('behaviour, latency and cost, with the parts that the bill needs, come before all others', () => {
  expect(order.slice(0, 5)).toEqual(['behaviour', 'latency', 'idle', 'work', 'cost']);
  const essential = partsInOrder().map((part) => part.essential === true);
  expect(essential.indexOf(false)).toBe(essential.lastIndexOf(true) + 1);
});

test.each([
  ['work', 'idle'],
  ['cost', 'work'],
  ['cost', 'latency'],
] as const)('%s comes after %s, because it reads its figures', (later, earlier) => {
  expect(order.indexOf(later)).toBeGreaterThan(order.indexOf(earlier));
});

test('--parts selects parts', () => {
  expect(partsInOrder(['cost', 'idle']).map(({ id }) => id)).toEqual(['idle', 'cost', 'cost']);
});

test.each([
  ['quick', 170],
  ['full', 1190],
] as const)('the budgets of a %s run fit in its time', (mode, seconds) => {
  const sum = partsInOrder().reduce((all, { budget }) => all + budget[mode], 0);
  expect(sum).toBeLessThan(seconds);
});
