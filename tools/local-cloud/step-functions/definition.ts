/** The parts of the Amazon States Language that are supported, with JSONata as the query language. */

/** Any JSON value, with expressions `{% … %}` as texts in it. */
export type Template = unknown;

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** Where an execution continues, and the data that it takes along. */
export interface Transition {
  readonly Next?: string;
  readonly Assign?: Readonly<Record<string, Template>>;
  readonly Output?: Template;
}

export interface Catcher extends Transition {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

export interface ChoiceRule extends Transition {
  readonly Condition: Template;
  readonly Next: string;
}

interface Ending extends Transition {
  readonly End?: boolean;
}

export interface TaskState extends Ending {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  readonly TimeoutSeconds?: Template;
  readonly HeartbeatSeconds?: Template;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface ChoiceState extends Transition {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

export interface WaitState extends Ending {
  readonly Type: 'Wait';
  readonly Seconds: Template;
}

export interface PassState extends Ending {
  readonly Type: 'Pass';
}

export interface SucceedState {
  readonly Type: 'Succeed';
  readonly Output?: Template;
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Error?: Template;
  readonly Cause?: Template;
}

export type State = TaskState | ChoiceState | WaitState | PassState | SucceedState | FailState;

export interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

/** Invokes a function and waits for its result. */
export const INVOKE = 'arn:aws:states:::lambda:invoke';
/** Invokes a function and waits until somebody returns the task token. */
export const INVOKE_AND_WAIT = `${INVOKE}.waitForTaskToken`;

/** Whether a task waits for its token. */
export function waitsForToken(state: TaskState): boolean {
  return state.Resource === INVOKE_AND_WAIT;
}
