export { arrivalsOf, durationOf, type Spacing, type Stage } from './arrivals.ts';
export {
  type Arrival,
  type OpenLoopOptions,
  type Outcome,
  runOpenLoop,
  type Sample,
} from './open-loop.ts';
