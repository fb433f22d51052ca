import type { Operation } from './operation.ts';

/** ISO text in a function's event, epoch seconds in the response of the API. */
type TimeFormat = 'iso' | 'seconds';

/** An operation as a function's event or a response contains it. */
export function wireOperation(operation: Operation, format: TimeFormat): Record<string, unknown> {
  const time = (ms: number | undefined) => {
    if (ms === undefined) return undefined;
    return format === 'iso' ? new Date(ms).toISOString() : ms / 1000;
  };
  const { startedAt, endedAt, StepDetails, WaitDetails, options: _, ...same } = operation;
  const { nextAttemptAt, ...step } = StepDetails ?? { Attempt: 0 };
  return {
    ...same,
    StartTimestamp: time(startedAt),
    EndTimestamp: time(endedAt),
    ...(StepDetails && { StepDetails: { ...step, NextAttemptTimestamp: time(nextAttemptAt) } }),
    ...(WaitDetails && { WaitDetails: { ScheduledEndTimestamp: time(WaitDetails.endsAt) } }),
  };
}
