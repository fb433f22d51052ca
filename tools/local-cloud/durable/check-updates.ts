import { AwsError } from '../kernel.ts';
import type { Operation, OperationAction, OperationStatus, OperationUpdate } from './operation.ts';

/** Largest update with an error, in bytes. The testing package of the SDK has the same limit. */
const MAX_ERROR_BYTES = 32_768;
/** `WaitSeconds` of the API: https://docs.aws.amazon.com/lambda/latest/api/API_WaitOptions.html */
const MAX_WAIT_SECONDS = 31_622_400;
/** `Name` of the API: https://docs.aws.amazon.com/lambda/latest/api/API_OperationUpdate.html */
const NAME = /^[\x20-\x7E]{1,256}$/;

/** The actions of each type, with the statuses in which they are allowed. `none`: a new operation. */
const ALLOWED: Readonly<
  Record<
    OperationUpdate['Type'],
    Partial<Record<OperationAction, readonly (OperationStatus | 'none')[]>>
  >
> = {
  STEP: {
    START: ['none', 'READY'],
    SUCCEED: ['none', 'STARTED', 'READY'],
    FAIL: ['none', 'STARTED', 'READY'],
    RETRY: ['none', 'STARTED', 'READY'],
  },
  CONTEXT: { START: ['none'], SUCCEED: ['none', 'STARTED'], FAIL: ['none', 'STARTED'] },
  WAIT: { START: ['none'], CANCEL: ['STARTED'] },
  CALLBACK: { START: ['none'], CANCEL: ['STARTED'] },
  CHAINED_INVOKE: { START: ['none'], CANCEL: ['STARTED'] },
  EXECUTION: { SUCCEED: ['STARTED'], FAIL: ['STARTED'] },
};

/**
 * Checks one update of a checkpoint. `operation` is its operation after the updates before it.
 * @throws AwsError InvalidParameterValueException with the message of the SDK's testing package
 *   where it has one
 */
export function checkUpdate(update: OperationUpdate, operation: Operation | undefined): void {
  const { Type, Action, Error: error, Payload, Name, StepOptions, WaitOptions } = update;
  const statuses = ALLOWED[Type]?.[Action];
  if (!statuses) throw invalid('Invalid action for the given operation type.');
  if (!statuses.includes(operation?.Status ?? 'none')) throw invalid(refusal(update, operation));
  if (operation && operation.Type !== Type) throw invalid('Invalid operation type.');
  if (Action === 'FAIL' && Payload != null) {
    throw invalid('Cannot provide a Payload for FAIL action.');
  }
  if (Action === 'SUCCEED' && error != null) {
    throw invalid('Cannot provide an Error for SUCCEED action.');
  }
  if (Action === 'RETRY' && StepOptions == null) {
    throw invalid('Invalid StepOptions for the given action.');
  }
  if (Action === 'RETRY' && error != null && Payload != null) {
    throw invalid('Cannot provide both error and payload to RETRY a STEP.');
  }
  if (error != null && Buffer.byteLength(JSON.stringify(update)) > MAX_ERROR_BYTES) {
    throw invalid(`Error object size must be less than ${MAX_ERROR_BYTES} bytes.`);
  }
  if (Name !== undefined && !NAME.test(Name)) throw invalid(`Invalid operation name: ${Name}`);
  if (Type === 'WAIT' && Action === 'START') checkWait(WaitOptions?.WaitSeconds);
}

/**
 * Checks the order of a checkpoint's updates.
 * @throws AwsError InvalidParameterValueException as {@link checkUpdate} does
 */
export function checkOrder(updates: readonly OperationUpdate[]): void {
  const last = new Map<string, OperationUpdate>();
  for (const [index, update] of updates.entries()) {
    if (!update.Id) throw invalid('Operation update must have an Id.');
    const previous = last.get(update.Id);
    // One request may start and finish a step or a context.
    const isPair =
      previous?.Action === 'START' &&
      update.Action !== 'START' &&
      (update.Type === 'STEP' || update.Type === 'CONTEXT');
    if (previous && !isPair) {
      throw invalid('Cannot update the same operation twice in a single request.');
    }
    if (update.Type === 'EXECUTION' && index < updates.length - 1) {
      throw invalid('EXECUTION checkpoint must be the last update.');
    }
    last.set(update.Id, update);
  }
}

/** A parent is a context that has started. @throws AwsError InvalidParameterValueException */
export function checkParent(parent: Operation | undefined): void {
  if (parent?.Type !== 'CONTEXT') throw invalid('Invalid parent operation id.');
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

function checkWait(seconds: number | undefined): void {
  const isValid = Number.isInteger(seconds) && Number(seconds) >= 1;
  if (isValid && Number(seconds) <= MAX_WAIT_SECONDS) return;
  throw invalid(`WaitSeconds must be a whole number from 1 to ${MAX_WAIT_SECONDS}.`);
}

function refusal({ Type, Action }: OperationUpdate, operation: Operation | undefined): string {
  if (Action === 'CANCEL') {
    return `Cannot cancel a ${Type} that does not exist or has already completed.`;
  }
  if (Type === 'STEP') {
    const to = { START: 'start', RETRY: 're-attempt' }[Action as 'START'] ?? 'close';
    return `Invalid current STEP state to ${to}.`;
  }
  if (Action === 'START' && operation) return `Cannot start a ${Type} that already exists.`;
  return `Invalid current ${Type} state to close.`;
}
