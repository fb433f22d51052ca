import { expect, test } from 'vitest';
import { arrivalsOf } from '../../../load/index.ts';
import { needsMs, shapesOf } from './shapes.ts';

const countOf = (stages: Parameters<typeof arrivalsOf>[0]) =>
  arrivalsOf(stages, { spacing: 'even', seed: 1 }).length;

test('a full run sends a burst of 50, a spike of 3.5, 20 and 3.5 per second, and a ramp from 0 to 20', () => {
  const shapes = shapesOf('full');
  expect(shapes.map(({ id }) => id)).toEqual(['burst-50', 'spike', 'ramp']);
  expect(shapes.map(({ stages }) => countOf(stages))).toEqual([50, 162, 100]);
});

test('a quick run sends shorter shapes and no ramp', () => {
  const [full, quick] = (['full', 'quick'] as const).map((mode) =>
    shapesOf(mode).reduce((sum, shape) => sum + needsMs(shape), 0),
  );
  expect(shapesOf('quick').map(({ id }) => id)).toEqual(['burst-50', 'spike']);
  expect(quick).toBeLessThan((full ?? 0) / 3);
});
