import type { HistoryEvent } from './history.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An attempt of a task that has been scheduled. */
export interface Attempt {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly token?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  /** Whether the function has received the token. */
  submitted?: boolean;
}

/** The state that an execution is in, with everything that it needs to continue after a restart. */
export interface Step {
  readonly name: string;
  readonly input: unknown;
  readonly enteredAt: number;
  readonly enteredEventId: number;
  /** Retries of the state, for `$states.context.State.RetryCount`. */
  retryCount: number;
  /** Retries by the index of the retrier. */
  readonly retries: Record<number, number>;
  /** When the pause before the next attempt ends, or a Wait. Epoch milliseconds. */
  resumeAt?: number;
  attempt?: Attempt;
}

/** An execution as it is saved. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  /** JSON. */
  readonly input: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  stoppedAt?: number;
  status: ExecutionStatus;
  /** JSON. */
  output?: string;
  error?: string;
  cause?: string;
  step?: Step;
  variables: Record<string, unknown>;
  readonly events: HistoryEvent[];
}
