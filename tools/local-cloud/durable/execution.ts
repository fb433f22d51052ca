import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation, Kernel } from '../kernel.ts';
import { Timers } from '../timers.ts';
import { CheckpointSession } from './checkpoint-session.ts';
import { type FunctionResult, readResult } from './function-result.ts';
import type { HistoryEvent } from './history.ts';
import { isFinished, type Operation, type OperationUpdate, type Outcome } from './operation.ts';
import { Operations } from './operations.ts';
import { PendingOperations } from './pending-operations.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

/** The function of an execution, invoked without the durable part. */
export interface DurableFunction {
  /** Without the version. */
  readonly arn: string;
  /** The code of its executions: `$LATEST` or a published version. */
  readonly version: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly executionTimeoutMs: number;
  invoke(payload: Buffer): Promise<Invocation>;
}

/** What identifies an execution, as it is saved. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly outcome: Outcome;
  readonly operations: readonly Operation[];
  readonly events?: readonly HistoryEvent[];
}

/** Pauses before an invocation that failed is repeated. AWS does not document its pauses. */
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 30_000;

/** One execution of a durable function: invokes it until it has a result. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly function: DurableFunction;
  readonly operations: Operations;
  readonly session: CheckpointSession;
  readonly #kernel: Kernel;
  readonly #pending: PendingOperations;
  readonly #timers = new Timers();
  readonly #saved: (execution: Execution) => void;
  readonly #ended = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  #status: ExecutionStatus;
  #outcome: Outcome;
  #endedAt: number | undefined;
  #wake = () => {};

  constructor(
    record: ExecutionRecord,
    durableFunction: DurableFunction,
    { kernel, saved }: { kernel: Kernel; saved: (execution: Execution) => void },
  ) {
    this.arn = record.arn;
    this.name = record.name;
    this.function = durableFunction;
    this.operations = new Operations(record.arn, record.operations, record.events);
    this.session = new CheckpointSession(this.operations);
    this.#kernel = kernel;
    this.#saved = saved;
    this.#status = record.status;
    this.#outcome = record.outcome;
    this.#pending = new PendingOperations(
      this.operations,
      (reference, payload) => kernel.services.lambda.invoke(reference, payload),
      () => this.#changed(),
    );
  }

  get status(): ExecutionStatus {
    return this.#status;
  }

  get outcome(): Outcome {
    return this.#outcome;
  }

  /** Epoch milliseconds. */
  get startedAt(): number {
    return this.operations.all()[0]?.startedAt ?? 0;
  }

  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  get input(): string {
    return this.operations.all()[0]?.ExecutionDetails?.InputPayload ?? '{}';
  }

  /** Resolves when the execution has ended, or when the local cloud stops. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get record(): ExecutionRecord {
    const { arn, name, status, outcome } = this;
    return {
      arn,
      name,
      status,
      outcome,
      operations: this.operations.all(),
      events: this.operations.history.events,
    };
  }

  /** Starts or resumes the invocations. */
  run(): void {
    if (this.#status !== 'RUNNING') {
      this.#ended.resolve();
      return;
    }
    const deadline = this.startedAt + this.function.executionTimeoutMs;
    this.#timers.set('timeout', deadline, () => this.finish('TIMED_OUT', {}));
    for (const operation of this.operations.all()) this.#pending.watch(operation);
    void this.#drive();
  }

  /** Ends the execution. Its later checkpoints are rejected. Has no effect on an ended execution. */
  finish(status: ExecutionStatus, outcome: Outcome): void {
    if (this.#status !== 'RUNNING') return;
    this.#status = status;
    this.#outcome = outcome;
    this.#endedAt = Date.now();
    this.#recordEnd(status, outcome);
    this.#saved(this);
    this.close();
  }

  /** Stops all work, and leaves the execution as it is. */
  close(): void {
    this.session.close();
    this.#pending.close();
    this.#timers.clearAll();
    this.#closing.abort();
    this.#wake();
    this.#ended.resolve();
  }

  /**
   * Applies the updates of a function. See {@link CheckpointSession.checkpoint}.
   * @throws AwsError InvalidParameterValueException
   */
  checkpoint(request: Parameters<CheckpointSession['checkpoint']>[0]): object {
    const before = this.operations.size;
    return this.session.checkpoint(request, (changed) => {
      this.#meter(this.operations.size - before, request.updates);
      this.#saved(this);
      for (const operation of changed) this.#pending.watch(operation);
    });
  }

  /** Ends a callback. @returns false when it has ended or does not exist */
  endCallback(id: string, status: 'SUCCEEDED' | 'FAILED', outcome: Outcome): boolean {
    return this.#pending.end(id, status, outcome);
  }

  /** @returns false when the callback has ended or does not exist */
  heartbeat(id: string): boolean {
    return this.#pending.heartbeat(id);
  }

  async #drive(): Promise<void> {
    let failures = 0;
    while (this.#status === 'RUNNING' && !this.#closing.signal.aborted) {
      const result = await this.#invoke();
      this.session.close();
      if (this.#closing.signal.aborted) return;
      if (result.Status === 'REJECTED') {
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS);
        failures += 1;
        await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {});
      } else if (result.Status === 'PENDING') {
        failures = 0;
        if (!this.operations.hasUntold) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      } else {
        this.finish(result.Status, this.#outcomeOf(result));
      }
    }
  }

  async #invoke(): Promise<FunctionResult> {
    const event = { DurableExecutionArn: this.arn, ...this.session.open() };
    try {
      return readResult(await this.function.invoke(Buffer.from(JSON.stringify(event))));
    } catch {
      // Throttled. The pool logs nothing, and the next invocation repeats the work.
      return { Status: 'REJECTED' };
    }
  }

  /** A result over 6 MB is in the update of the execution; the function then returns an empty text. */
  #outcomeOf({ Result, Error: error }: FunctionResult): Outcome {
    if (error) return { Error: error };
    const own = this.operations.get(this.operations.executionId)?.options?.Payload;
    const text = Result || own;
    return text === undefined ? {} : { Result: text };
  }

  /** A result over 6 MB has ended the execution's operation already. */
  #recordEnd(status: ExecutionStatus, outcome: Outcome): void {
    const operation = this.operations.get(this.operations.executionId);
    if (!operation || isFinished(operation)) return;
    this.operations.history.ended(operation, status, outcome, Date.now());
  }

  #changed(): void {
    this.#saved(this);
    this.#wake();
  }

  /**
   * Counts what AWS bills: each new operation, and each retry of a step.
   * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-sdk-retries.html
   */
  #meter(started: number, updates: readonly OperationUpdate[]): void {
    const retries = updates.filter(({ Action }) => Action === 'RETRY').length;
    const writtenBytes = Buffer.byteLength(JSON.stringify(updates));
    const { logicalId: resource, stack } = this.function;
    this.#kernel.operations.add(
      { service: 'lambda', operation: 'CheckpointDurableExecution', resource, stack },
      { durableOperations: started + retries, writtenBytes },
    );
  }
}

/** The ARN of a new execution. The function's ARN has its version. */
export function executionArn(functionArn: string, name: string): string {
  return `${functionArn}/durable-execution/${name}/${randomUUID()}`;
}
