export { newCallbackId, parseCallbackId } from './callback-id.ts';
export type { DurableFunction, Execution } from './execution.ts';
export { Executions } from './executions.ts';
export { DURABLE_MEMBERS, type DurableOperation } from './members.ts';
export { answerDurable, DURABLE_ROUTES } from './wire.ts';
