/** The checkout as a Step Functions state machine. */
export { checkoutMachine } from './checkout-machine.ts';
export { failingTask, type StepEvent, stepTask } from './step-task.ts';
