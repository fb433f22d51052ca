import type { Services } from '../kernel.ts';
import { Timers } from '../timers.ts';
import { type ErrorObject, isFinished, type Operation, type Outcome } from './operation.ts';
import { endedFromOutside, type Operations } from './operations.ts';

type Invoke = Services['lambda']['invoke'];

/** Ends or readies the operations that wait for time or for another function. */
export class PendingOperations {
  readonly #operations: Operations;
  readonly #invoke: Invoke;
  readonly #changed: () => void;
  readonly #timers = new Timers();
  #closed = false;

  /** @param changed called after each change that the function has not asked for */
  constructor(operations: Operations, invoke: Invoke, changed: () => void) {
    this.#operations = operations;
    this.#invoke = invoke;
    this.#changed = changed;
  }

  /** Starts what the operation waits for, or stops it when the operation has ended. */
  watch(operation: Operation): void {
    const { Id, Type, StepDetails, WaitDetails } = operation;
    if (isFinished(operation)) {
      this.#timers.clear(Id);
      this.#timers.clear(`${Id} heartbeat`);
    } else if (Type === 'WAIT' && WaitDetails) {
      this.#timers.set(Id, WaitDetails.endsAt, () => this.end(Id, 'SUCCEEDED', {}));
    } else if (StepDetails?.nextAttemptAt !== undefined && operation.Status === 'PENDING') {
      this.#timers.set(Id, StepDetails.nextAttemptAt, () => this.#ready(Id));
    } else if (Type === 'CALLBACK') {
      this.#watchCallback(operation);
    } else if (Type === 'CHAINED_INVOKE') {
      void this.#chain(operation);
    }
  }

  /** Restarts the heartbeat timeout of a callback. @returns false when the callback has ended */
  heartbeat(id: string): boolean {
    const operation = this.#operations.get(id);
    if (!operation || isFinished(operation)) return false;
    const seconds = operation.options?.CallbackOptions?.HeartbeatTimeoutSeconds;
    if (seconds) this.#expire(`${id} heartbeat`, id, Date.now() + seconds * 1000, ' on heartbeat');
    return true;
  }

  /** Ends an operation from outside. @returns false, with nothing changed, when it has ended */
  end(id: string, status: Operation['Status'], outcome: Outcome): boolean {
    const end = (operation: Operation) => endedFromOutside(operation, status, outcome, Date.now());
    if (this.#closed || !this.#operations.change(id, end)) return false;
    const ended = this.#operations.get(id);
    if (ended) this.#operations.history.ended(ended, status, outcome, Date.now());
    this.#timers.clear(id);
    this.#timers.clear(`${id} heartbeat`);
    this.#changed();
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#timers.clearAll();
  }

  #ready(id: string): void {
    if (this.#operations.change(id, (operation) => ({ ...operation, Status: 'READY' }))) {
      this.#changed();
    }
  }

  #watchCallback({ Id, startedAt, options }: Operation): void {
    const seconds = options?.CallbackOptions?.TimeoutSeconds;
    if (seconds) this.#expire(Id, Id, startedAt + seconds * 1000, '');
    this.heartbeat(Id);
  }

  #expire(timer: string, id: string, atMs: number, how: string): void {
    const outcome = { Error: { ErrorMessage: `Callback timed out${how}` } };
    this.#timers.set(timer, atMs, () => this.end(id, 'TIMED_OUT', outcome));
  }

  async #chain({ Id, options }: Operation): Promise<void> {
    const name = options?.ChainedInvokeOptions?.FunctionName ?? '';
    try {
      const { payload, functionError } = await this.#invoke(
        name,
        Buffer.from(options?.Payload ?? '{}'),
      );
      const text = payload.toString('utf8');
      if (functionError) this.end(Id, 'FAILED', { Error: errorOf(text) });
      else this.end(Id, 'SUCCEEDED', { Result: text });
    } catch (cause) {
      const ErrorMessage = cause instanceof Error ? cause.message : String(cause);
      this.end(Id, 'FAILED', { Error: { ErrorMessage } });
    }
  }
}

function errorOf(text: string): ErrorObject {
  const { errorMessage: ErrorMessage, errorType: ErrorType } = JSON.parse(text) as {
    errorMessage?: string;
    errorType?: string;
  };
  return { ErrorMessage, ErrorType };
}
