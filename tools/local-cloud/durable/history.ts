import type { Operation, OperationUpdate, Outcome } from './operation.ts';

/** An event of an execution's history, as GetDurableExecutionHistory returns it. */
export interface HistoryEvent {
  readonly EventId: number;
  readonly EventType: string;
  /** Epoch seconds. */
  readonly EventTimestamp: number;
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
  readonly ParentId?: string | undefined;
  readonly SubType?: string | undefined;
  /** The details are in a member that is named after the type. */
  readonly [details: `${string}Details`]: unknown;
}

const TYPE_NAMES: Readonly<Record<Operation['Type'], string>> = {
  EXECUTION: 'Execution',
  CONTEXT: 'Context',
  STEP: 'Step',
  WAIT: 'Wait',
  CALLBACK: 'Callback',
  CHAINED_INVOKE: 'ChainedInvoke',
};

/** The last part of an event's type, by the action or status that it records. */
const VERBS: Readonly<Record<string, string>> = {
  START: 'Started',
  SUCCEED: 'Succeeded',
  SUCCEEDED: 'Succeeded',
  FAIL: 'Failed',
  FAILED: 'Failed',
  CANCEL: 'Cancelled',
  TIMED_OUT: 'TimedOut',
  STOPPED: 'Stopped',
};

/** The history of one execution, in order. */
export class History {
  readonly events: HistoryEvent[];

  constructor(events: readonly HistoryEvent[] = []) {
    this.events = [...events];
  }

  /** Records an update. `operation` is its operation afterwards. @param now epoch milliseconds */
  updated(operation: Operation, update: OperationUpdate, now: number): void {
    // A retry records the failed attempt, or the successful check of `waitForCondition`.
    const retried = update.Error === undefined ? 'SUCCEED' : 'FAIL';
    const action = update.Action === 'RETRY' ? retried : update.Action;
    const details = action === 'START' ? startDetails(operation, update) : endDetails(update);
    this.#add(operation, action, withRetry(details, operation, update), now);
  }

  /** Records an end that the function has not asked for. @param now epoch milliseconds */
  ended(operation: Operation, status: string, outcome: Outcome, now: number): void {
    const { Result: Payload, Error: error } = outcome;
    this.#add(operation, status, endDetails({ Payload, Error: error }), now);
  }

  #add(operation: Operation, verb: string, details: object, now: number): void {
    const { Id, Name, ParentId, SubType, Type } = operation;
    const EventType = `${TYPE_NAMES[Type]}${VERBS[verb]}`;
    this.events.push({
      ...{ EventId: this.events.length + 1, EventType, EventTimestamp: now / 1000 },
      ...{ Id, Name, ParentId, SubType },
      [`${EventType}Details`]: details,
    });
  }
}

function startDetails(operation: Operation, update: Partial<OperationUpdate>): object {
  const { Payload, CallbackOptions, WaitOptions, ChainedInvokeOptions } = update;
  switch (operation.Type) {
    case 'EXECUTION':
      return { Input: { Payload } };
    case 'CALLBACK':
      return {
        CallbackId: operation.CallbackDetails?.CallbackId,
        Timeout: CallbackOptions?.TimeoutSeconds,
        HeartbeatTimeout: CallbackOptions?.HeartbeatTimeoutSeconds,
      };
    case 'WAIT': {
      const endsAt = operation.WaitDetails?.endsAt ?? 0;
      return { Duration: WaitOptions?.WaitSeconds, ScheduledEndTimestamp: endsAt / 1000 };
    }
    case 'CHAINED_INVOKE':
      return { FunctionName: ChainedInvokeOptions?.FunctionName, Input: { Payload } };
    default:
      return {};
  }
}

function endDetails({ Payload, Error: error }: Pick<OperationUpdate, 'Payload' | 'Error'>): object {
  if (error !== undefined) return { Error: { Payload: error } };
  return Payload === undefined ? {} : { Result: { Payload } };
}

function withRetry(details: object, operation: Operation, update: OperationUpdate): object {
  if (operation.Type !== 'STEP' || update.Action === 'START') return details;
  const RetryDetails = {
    CurrentAttempt: operation.StepDetails?.Attempt,
    NextAttemptDelaySeconds: update.StepOptions?.NextAttemptDelaySeconds,
  };
  return { ...details, RetryDetails };
}
