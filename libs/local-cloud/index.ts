export type { LogLine, LogSink, Misbehaviour } from './kernel.ts';
export { type DataPlane, startDataPlane } from './start-data-plane.ts';
