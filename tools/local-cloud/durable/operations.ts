import { randomBytes } from 'node:crypto';
import { applyUpdate } from './apply-update.ts';
import { newCallbackId } from './callback-id.ts';
import { checkOrder, checkParent, checkUpdate } from './check-updates.ts';
import { History, type HistoryEvent } from './history.ts';
import { isFinished, type Operation, type OperationUpdate, type Outcome } from './operation.ts';

/**
 * The operations of one execution, and which of them changed since the function was last told.
 * Changes by updates are told in the response to their checkpoint. Changes from outside (a timer, a
 * callback) are told in the next response, or else in the next invocation.
 */
export class Operations {
  readonly #all = new Map<string, Operation>();
  readonly #untold = new Set<string>();
  readonly executionId: string;
  readonly history: History;

  readonly #executionArn: string;

  /**
   * @param operations in the order of their start; the first one is the execution
   * @param events their history, if they are not new
   */
  constructor(
    executionArn: string,
    operations: readonly Operation[],
    events: readonly HistoryEvent[] = [],
  ) {
    this.history = new History(events);
    this.#executionArn = executionArn;
    for (const operation of operations) this.#all.set(operation.Id, operation);
    const [execution] = operations;
    this.executionId = execution?.Id ?? '';
    if (execution && events.length === 0) {
      const { InputPayload: Payload } = execution.ExecutionDetails ?? {};
      const start = { Id: execution.Id, Type: 'EXECUTION', Action: 'START', Payload } as const;
      this.history.updated(execution, start, execution.startedAt);
    }
  }

  /** The first operation of a new execution. */
  static first(InputPayload: string, now: number): Operation {
    const Id = randomBytes(8).toString('hex');
    const ExecutionDetails = { InputPayload };
    return { Id, Type: 'EXECUTION', Status: 'STARTED', startedAt: now, ExecutionDetails };
  }

  get(id: string): Operation | undefined {
    return this.#all.get(id);
  }

  get size(): number {
    return this.#all.size;
  }

  /** All operations, in the order in which they started. */
  all(): Operation[] {
    return [...this.#all.values()];
  }

  /** All operations that a replay needs: the children of a finished context only if it keeps them. */
  forReplay(): Operation[] {
    const dropped = new Set<string>();
    for (const { Id, ParentId } of this.#all.values()) {
      const parent = ParentId === undefined ? undefined : this.#all.get(ParentId);
      if (!parent) continue;
      const isClosed = isFinished(parent) && !parent.ContextDetails?.ReplayChildren;
      if (isClosed || dropped.has(parent.Id)) dropped.add(Id);
    }
    return this.all().filter(({ Id }) => !dropped.has(Id));
  }

  /**
   * Applies the updates of a checkpoint, all or none. Returns the operations that they changed.
   * @throws AwsError InvalidParameterValueException
   */
  apply(updates: readonly OperationUpdate[], now: number): Operation[] {
    checkOrder(updates);
    const changed = new Map<string, Operation>();
    const events: [Operation, OperationUpdate][] = [];
    const current = (id: string) => changed.get(id) ?? this.#all.get(id);
    for (const update of updates) {
      // The SDK makes an id of its own for an update of the execution.
      const id = update.Type === 'EXECUTION' ? this.executionId : update.Id;
      const before = current(id);
      if (update.ParentId !== undefined) checkParent(current(update.ParentId));
      checkUpdate(update, before);
      const callbackId = () => newCallbackId({ executionArn: this.#executionArn, operationId: id });
      const after = applyUpdate(before, { ...update, Id: id }, now, callbackId);
      changed.set(id, after);
      events.push([after, update]);
    }
    for (const [id, operation] of changed) {
      this.#all.set(id, operation);
      this.#untold.add(id);
    }
    for (const [operation, update] of events) this.history.updated(operation, update, now);
    return [...changed.values()];
  }

  /**
   * Changes an operation from outside.
   * @returns false, with nothing changed, when it has finished
   */
  change(id: string, change: (operation: Operation) => Operation): boolean {
    const operation = this.#all.get(id);
    if (!operation || isFinished(operation)) return false;
    this.#all.set(id, change(operation));
    this.#untold.add(id);
    return true;
  }

  /** Whether a change has not been told to the function. */
  get hasUntold(): boolean {
    return this.#untold.size > 0;
  }

  /** The operations that changed since the function was last told. They then count as told. */
  tell(): Operation[] {
    const told = [...this.#untold].flatMap((id) => this.#all.get(id) ?? []);
    this.#untold.clear();
    return told;
  }
}

/** An operation that ended from outside, with its outcome in the details of its type. */
export function endedFromOutside(
  operation: Operation,
  Status: Operation['Status'],
  outcome: Outcome,
  now: number,
): Operation {
  const ended = { ...operation, Status, endedAt: now };
  if (operation.CallbackDetails) {
    return { ...ended, CallbackDetails: { ...operation.CallbackDetails, ...outcome } };
  }
  return operation.Type === 'CHAINED_INVOKE' ? { ...ended, ChainedInvokeDetails: outcome } : ended;
}
