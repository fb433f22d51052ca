export type { DeployOptions, DeployProgress } from './cloudformation/index.ts';
export { enterDataPlane } from './enter-data-plane.ts';
export type { LogLine, LogSink, Misbehaviour, Services } from './kernel.ts';
export type { RunningProcess } from './lambda/index.ts';
export { type DataPlane, startDataPlane } from './start-data-plane.ts';
export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './start-local-cloud.ts';
export type { SpanRecord } from './traces/index.ts';
