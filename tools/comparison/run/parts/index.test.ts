import { expect, test } from 'vitest';
import { PART_IDS } from '../../data/index.ts';
import { partsInOrder } from './index.ts';

const order = (mode: 'quick' | 'full') => partsInOrder(mode).map(({ id }) => id);

test('every part is measured once; a quick run keeps the order of the report', () => {
  expect(order('quick')).toEqual(PART_IDS);
  expect(order('full').toSorted()).toEqual(PART_IDS.toSorted());
});

test.each([
  ['work', 'idle'],
  ['cost', 'work'],
  ['cost', 'latency'],
  ['cost', 'bursts'],
] as const)('%s comes after %s, because it reads its figures', (later, earlier) => {
  for (const mode of ['quick', 'full'] as const) {
    expect(order(mode).indexOf(later)).toBeGreaterThan(order(mode).indexOf(earlier));
  }
});
