import { durationOf, type Stage } from '../../../load/index.ts';
import type { PartContext } from '../../part.ts';

/** A sudden load on a target that has answered only one request. */
export interface Shape {
  /** The start of the figure keys. */
  readonly id: 'burst-50' | 'spike' | 'ramp';
  readonly title: string;
  readonly stages: readonly Stage[];
}

const spike = (seconds: number): Stage[] => [
  { rate: 3.5, seconds },
  { rate: 20, seconds },
  { rate: 3.5, seconds },
];
const burst: Shape = {
  id: 'burst-50',
  title: 'From 1 to 50 concurrent requests',
  stages: [{ burst: 50 }],
};

/** The shapes of a run, in the order of measurement. */
export function shapesOf(mode: PartContext['mode']): Shape[] {
  const spikeSeconds = mode === 'full' ? 6 : 1;
  const title = `Spike: 3.5, 20, 3.5 requests per second, ${spikeSeconds} s each`;
  const shapes: Shape[] = [burst, { id: 'spike', title, stages: spike(spikeSeconds) }];
  if (mode === 'quick') return shapes;
  const seconds = 10;
  const ramp = { rate: 0, toRate: 20, seconds };
  return [
    ...shapes,
    { id: 'ramp', title: `Ramp from 0 to 20 requests per second in ${seconds} s`, stages: [ramp] },
  ];
}

/** The duration of a shape, with some time for the last answers. */
export function needsMs({ stages }: Shape): number {
  return durationOf(stages) + 1_500;
}
