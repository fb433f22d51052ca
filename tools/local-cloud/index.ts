export type { DeployOptions, DeployProgress } from './cloudformation/index.ts';
export { noFaults } from './control/misbehaviour.ts';
export { SANDBOX_IDLE_TIMEOUT_MS } from './create-kernel.ts';
export { startDataPlane } from './data-plane/index.ts';
export type { LogLine, LogSink, Misbehaviour, Services } from './kernel.ts';
export type { RunningProcess } from './lambda/index.ts';
export type { OperationCount } from './operations/index.ts';
export type { Grant, GrantReference, Withdrawal } from './permissions/index.ts';
export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './start-local-cloud.ts';
