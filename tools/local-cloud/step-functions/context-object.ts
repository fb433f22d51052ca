import type { Attempt, ExecutionRecord, Step } from './execution-record.ts';
import type { Machine } from './machine.ts';

/**
 * `$states.context`. The token exists only while a task waits for it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export function contextObject(
  machine: Machine,
  { arn, name, input, startedAt }: ExecutionRecord,
  step: Step,
  attempt?: Attempt,
) {
  return {
    Execution: {
      ...{ Id: arn, Input: JSON.parse(input), Name: name, RoleArn: machine.roleArn },
      StartTime: new Date(startedAt).toISOString(),
    },
    State: {
      EnteredTime: new Date(step.enteredAt).toISOString(),
      ...{ Name: step.name, RetryCount: step.retryCount },
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    ...(attempt?.token && { Task: { Token: attempt.token } }),
  };
}
