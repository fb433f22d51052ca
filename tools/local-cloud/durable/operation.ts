/**
 * The operations of a durable execution as they are on the wire (API of Lambda, 2025-12-01).
 * Payloads and results are texts that only the SDK in the function reads.
 */

export type OperationType =
  | 'EXECUTION'
  | 'CONTEXT'
  | 'STEP'
  | 'WAIT'
  | 'CALLBACK'
  | 'CHAINED_INVOKE';

export type OperationStatus =
  | 'STARTED'
  | 'PENDING'
  | 'READY'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TIMED_OUT'
  | 'STOPPED';

export type OperationAction = 'START' | 'SUCCEED' | 'FAIL' | 'RETRY' | 'CANCEL';

export interface ErrorObject {
  readonly ErrorMessage?: string | undefined;
  readonly ErrorType?: string | undefined;
  readonly ErrorData?: string;
  readonly StackTrace?: readonly string[];
}

/** The outcome of an operation: a result, an error, or neither while it runs. */
export interface Outcome {
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

/** An operation. Times are epoch milliseconds; {@link ./wire-operation.ts} converts them. */
export interface Operation {
  readonly Id: string;
  readonly ParentId?: string | undefined;
  readonly Name?: string | undefined;
  readonly Type: OperationType;
  readonly SubType?: string | undefined;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly Status: OperationStatus;
  readonly ExecutionDetails?: { readonly InputPayload: string };
  readonly ContextDetails?: Outcome & { readonly ReplayChildren?: boolean };
  readonly StepDetails?: Outcome & { readonly Attempt: number; readonly nextAttemptAt?: number };
  readonly WaitDetails?: { readonly endsAt: number };
  readonly CallbackDetails?: Outcome & { readonly CallbackId: string };
  readonly ChainedInvokeDetails?: Outcome;
  /** Not sent to the function. */
  readonly options?: Pick<OperationUpdate, 'Payload' | 'CallbackOptions' | 'ChainedInvokeOptions'>;
}

/** A change that a function asks for in a checkpoint. */
export interface OperationUpdate {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly Type: OperationType;
  readonly SubType?: string;
  readonly Action: OperationAction;
  readonly Payload?: string | undefined;
  readonly Error?: ErrorObject | undefined;
  readonly ContextOptions?: { readonly ReplayChildren?: boolean };
  readonly StepOptions?: { readonly NextAttemptDelaySeconds?: number };
  readonly WaitOptions?: { readonly WaitSeconds?: number };
  readonly CallbackOptions?:
    | {
        readonly TimeoutSeconds?: number;
        readonly HeartbeatTimeoutSeconds?: number;
      }
    | undefined;
  readonly ChainedInvokeOptions?: { readonly FunctionName: string } | undefined;
}

/** Whether no later update or event changes the operation. */
export function isFinished({ Status }: Operation): boolean {
  return Status !== 'STARTED' && Status !== 'PENDING' && Status !== 'READY';
}
