import type { Operation, OperationUpdate, Outcome } from './operation.ts';

/** Reads the identity of a new operation from the update that starts it. */
function started(update: OperationUpdate, now: number): Operation {
  const { Id, ParentId, Name, Type, SubType } = update;
  return { Id, ParentId, Name, Type, SubType, startedAt: now, Status: 'STARTED' };
}

/**
 * The operation after an update that {@link ./check-updates.ts} has checked.
 * @param now epoch milliseconds
 * @param callbackId makes the id of a new callback
 */
export function applyUpdate(
  before: Operation | undefined,
  update: OperationUpdate,
  now: number,
  callbackId: () => string,
): Operation {
  const operation = before ?? started(update, now);
  switch (update.Action) {
    case 'START':
      return startedDetails(operation, update, now, callbackId);
    case 'RETRY':
      return retried(operation, update, now);
    case 'CANCEL':
      return { ...operation, Status: 'CANCELLED', endedAt: now };
    default:
      return finished(operation, update, now);
  }
}

function startedDetails(
  operation: Operation,
  update: OperationUpdate,
  now: number,
  callbackId: () => string,
): Operation {
  const { ContextOptions, WaitOptions, CallbackOptions, ChainedInvokeOptions, Payload } = update;
  switch (operation.Type) {
    case 'STEP':
      return { ...operation, Status: 'STARTED' };
    case 'CONTEXT':
      return { ...operation, ContextDetails: { ...ContextOptions } };
    case 'WAIT':
      return {
        ...operation,
        WaitDetails: { endsAt: now + Number(WaitOptions?.WaitSeconds) * 1000 },
      };
    case 'CALLBACK':
      return {
        ...operation,
        CallbackDetails: { CallbackId: callbackId() },
        options: { CallbackOptions },
      };
    default:
      return { ...operation, options: { ChainedInvokeOptions, Payload } };
  }
}

/** A step that waits for its next attempt. `waitForCondition` also stores its state as the result. */
function retried(operation: Operation, update: OperationUpdate, now: number): Operation {
  const delayMs = (update.StepOptions?.NextAttemptDelaySeconds ?? 0) * 1000;
  const StepDetails = {
    ...outcomeOf(update),
    Attempt: (operation.StepDetails?.Attempt ?? 0) + 1,
    nextAttemptAt: now + delayMs,
  };
  return { ...operation, Status: 'PENDING', StepDetails };
}

function finished(operation: Operation, update: OperationUpdate, now: number): Operation {
  const Status = update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
  const ended: Operation = { ...operation, Status, endedAt: now };
  const outcome = outcomeOf(update);
  switch (operation.Type) {
    case 'STEP': {
      const Attempt = (operation.StepDetails?.Attempt ?? 0) + 1;
      return { ...ended, StepDetails: { ...outcome, Attempt } };
    }
    case 'CONTEXT': {
      const options = { ...operation.ContextDetails, ...update.ContextOptions };
      const { ReplayChildren } = options;
      return {
        ...ended,
        ContextDetails: { ...outcome, ...(ReplayChildren && { ReplayChildren }) },
      };
    }
    default:
      return { ...ended, options: { Payload: update.Payload } };
  }
}

function outcomeOf({ Payload, Error: error }: OperationUpdate): Outcome {
  return {
    ...(Payload === undefined ? {} : { Result: Payload }),
    ...(error === undefined ? {} : { Error: error }),
  };
}
