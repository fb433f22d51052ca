import type { Kernel } from '../kernel.ts';
import { Timers } from '../timers.ts';
import { contextObject } from './context-object.ts';
import type { State, TaskState } from './definition.ts';
import type { Attempt, ExecutionRecord, Step } from './execution-record.ts';
import { EvaluationError, type Scope } from './expression.ts';
import { History, MAX_EVENTS } from './history.ts';
import type { Machine } from './machine.ts';
import { type Departure, depart, performState } from './perform-state.ts';
import { catcherOf, nextRetrySeconds, StateError } from './state-error.ts';
import { TaskAttempt } from './task-attempt.ts';

interface Parts {
  readonly kernel: Kernel;
  readonly machine: Machine;
  /** Saves the execution after a change. */
  readonly saved: (execution: Execution) => void;
}

/** One execution of a state machine: performs its states one after another. */
export class Execution {
  readonly machine: Machine;
  readonly #record: ExecutionRecord;
  readonly #history: History;
  readonly #parts: Parts;
  readonly #timers = new Timers();
  readonly #ended = Promise.withResolvers<void>();
  #attempt: TaskAttempt | undefined;
  #isClosed = false;

  constructor(record: ExecutionRecord, parts: Parts) {
    this.#record = { ...record };
    this.#history = new History(record.events);
    this.#parts = parts;
    this.machine = parts.machine;
  }

  get record(): Readonly<ExecutionRecord> {
    return { ...this.#record, events: this.#history.events };
  }

  /** Resolves when the execution has ended, or when the local cloud stops. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** The attempt that waits with a token. Undefined when nothing waits with it any more. */
  waitingWith(token: string): TaskAttempt | undefined {
    return this.#attempt?.waitsFor(token) ? this.#attempt : undefined;
  }

  /** Starts the execution, or continues it where it was saved. */
  run(): void {
    const { status, startedAt, input, step } = this.#record;
    if (status !== 'RUNNING') {
      this.#ended.resolve();
      return;
    }
    const { definition, roleArn } = this.machine;
    if (definition.TimeoutSeconds !== undefined) {
      const deadline = startedAt + definition.TimeoutSeconds * 1000;
      const timeOut = () => this.#finish('TIMED_OUT', { error: 'States.Timeout' });
      this.#timers.set('timeout', deadline, timeOut);
    }
    if (!step) {
      this.#history.add('ExecutionStarted', { input, roleArn });
      this.#enter(definition.StartAt, JSON.parse(input));
    }
    void this.#drive();
  }

  /** Ends a running execution, as StopExecution does. Has no effect on an ended one. */
  abort(error: string | undefined, cause: string | undefined): void {
    this.#finish('ABORTED', {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
  }

  /** Stops all work, and leaves the execution as it is. */
  close(): void {
    this.#isClosed = true;
    this.#attempt?.close();
    this.#timers.clearAll();
    this.#ended.resolve();
  }

  async #drive(): Promise<void> {
    while (this.#record.step && !this.#isClosed) {
      const { step } = this.#record;
      const state = this.machine.definition.States[step.name];
      if (!state) {
        const cause = `The state machine no longer has the state ${step.name}.`;
        this.#fail(new StateError('States.Runtime', cause));
        return;
      }
      try {
        // The pause before another attempt. After a restart, also the rest of a Wait.
        if (step.resumeAt !== undefined) await this.#until(step.resumeAt);
        const departure = await this.#perform(state, step);
        if (!this.#isClosed) this.#move(state, step, departure);
      } catch (error) {
        if (!this.#isClosed) await this.#recover(state, step, this.#stateError(error, step));
      }
    }
  }

  #perform(state: State, step: Step): Promise<Departure> {
    const scope = (states = {}) => this.#scope(step, states);
    return performState(
      {
        scope,
        attempt: (task) => this.#runAttempt(task, step),
        pause: async (seconds) => {
          step.resumeAt ??= step.enteredAt + seconds * 1000;
          this.#parts.saved(this);
          await this.#until(step.resumeAt);
        },
      },
      state,
    );
  }

  #runAttempt(task: TaskState, step: Step): Promise<unknown> {
    const { kernel, machine } = this.#parts;
    const save = () => this.#parts.saved(this);
    const parts = { kernel, machine, save, history: this.#history };
    this.#attempt = new TaskAttempt({ ...parts, executionArn: this.#record.arn }, task, step);
    return this.#attempt.run((attempt) => this.#scope(step, {}, attempt));
  }

  /** Retries, catches the error, or fails the execution. */
  async #recover(state: State, step: Step, error: StateError): Promise<void> {
    if (state.Type === 'Task') {
      const random = () => this.#parts.kernel.random();
      const seconds = nextRetrySeconds(state.Retry ?? [], error.error, step.retries, random);
      if (seconds !== undefined) {
        step.retryCount += 1;
        step.resumeAt = Date.now() + seconds * 1000;
        delete step.attempt;
        this.#countTransition();
        this.#parts.saved(this);
        return;
      }
      const catcher = catcherOf(state.Catch ?? [], error.error);
      if (catcher) {
        const errorOutput = { Error: error.error, Cause: error.cause };
        try {
          const scope = this.#scope(step, { errorOutput });
          this.#move(state, step, await depart(catcher, scope, errorOutput));
          return;
        } catch (failure) {
          this.#fail(this.#stateError(failure, step));
          return;
        }
      }
    }
    this.#fail(error);
  }

  #move(state: State, step: Step, { next, output, assigned }: Departure): void {
    this.#attempt = undefined;
    if (state.Type !== 'Fail') {
      const assignedVariables =
        assigned &&
        Object.fromEntries(
          Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
        );
      const text = JSON.stringify(output);
      this.#history.add(`${state.Type}StateExited`, {
        ...{ name: step.name, output: text, assignedVariables },
      });
    }
    Object.assign(this.#record.variables, assigned);
    if (next === undefined) this.#finish('SUCCEEDED', { output: JSON.stringify(output) });
    else this.#enter(next, output);
  }

  #enter(name: string, input: unknown): void {
    if (this.#history.events.length >= MAX_EVENTS) {
      const cause = `The execution reached the maximum number of history events (${MAX_EVENTS}).`;
      this.#fail(new StateError('States.Runtime', cause));
      return;
    }
    const type = this.machine.definition.States[name]?.Type;
    const text = JSON.stringify(input);
    const enteredEventId = this.#history.add(`${type}StateEntered`, { name, input: text });
    const entered = { enteredAt: Date.now(), enteredEventId, retryCount: 0, retries: {} };
    this.#record.step = { name, input, ...entered };
    this.#countTransition();
    this.#parts.saved(this);
  }

  #fail({ error, cause }: StateError): void {
    this.#finish('FAILED', { error, cause });
  }

  #finish(
    status: Exclude<ExecutionRecord['status'], 'RUNNING'>,
    outcome: Pick<ExecutionRecord, 'output' | 'error' | 'cause'>,
  ): void {
    if (this.#record.status !== 'RUNNING') return;
    this.#history.add(ENDED[status], outcome);
    Object.assign(this.#record, { status, ...outcome, stoppedAt: Date.now() });
    delete this.#record.step;
    this.#parts.saved(this);
    this.close();
  }

  #stateError(error: unknown, { name }: Step): StateError {
    if (error instanceof StateError) return error;
    if (error instanceof EvaluationError) {
      const failure = new StateError('States.QueryEvaluationError', error.message);
      const { location } = error;
      this.#history.add('EvaluationFailed', {
        ...{ error: failure.error, cause: failure.cause, state: name, location },
      });
      return failure;
    }
    return new StateError('States.Runtime', String(error));
  }

  #scope(step: Step, states: Readonly<Record<string, unknown>>, attempt?: Attempt): Scope {
    const { variables } = this.#record;
    const context = contextObject(this.machine, this.#record, step, attempt);
    return { states: { input: step.input, context, ...states }, variables };
  }

  #until(at: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#timers.set('pause', at, resolve);
    return promise;
  }

  /** AWS bills each state that is entered, and each retry. https://aws.amazon.com/step-functions/pricing/ */
  #countTransition(): void {
    const { stack, logicalId: resource } = this.machine;
    const operation = 'StateTransition';
    this.#parts.kernel.operations.add({ service: 'states', operation, resource, stack });
  }
}

/** The last event of an execution. */
const ENDED = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;
