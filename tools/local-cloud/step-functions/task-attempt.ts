import { randomUUID } from 'node:crypto';
import { newCallbackId } from '../durable/index.ts';
import { invokeFunction } from '../iam/index.ts';
import { isObject } from '../is-object.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import { Timers } from '../timers.ts';
import { type TaskState, waitsForToken } from './definition.ts';
import type { Attempt, Step } from './execution-record.ts';
import { evaluate, type Scope } from './expression.ts';
import type { History } from './history.ts';
import type { Machine } from './machine.ts';
import { limited, wholeSeconds } from './perform-state.ts';
import { StateError } from './state-error.ts';

interface Parts {
  readonly kernel: Kernel;
  readonly machine: Machine;
  readonly executionArn: string;
  readonly history: History;
  /** Saves the execution. */
  readonly save: () => void;
}

interface Call {
  readonly FunctionName: string;
  readonly Payload: unknown;
}

/** One attempt of a task: invokes its function, and waits for the token if the resource says so. */
export class TaskAttempt {
  readonly #parts: Parts;
  readonly #state: TaskState;
  readonly #step: Step;
  readonly #timers = new Timers();
  readonly #ended = Promise.withResolvers<unknown>();
  #isOver = false;

  constructor(parts: Parts, state: TaskState, step: Step) {
    this.#parts = parts;
    this.#state = state;
    this.#step = step;
    // The rejection is handled by whoever runs the attempt, possibly later.
    this.#ended.promise.catch(() => {});
  }

  /** Whether a token can end the attempt. */
  waitsFor(token: string): boolean {
    return !this.#isOver && this.#step.attempt?.token === token;
  }

  /**
   * Runs the attempt. After a restart it continues: a function whose answer was not saved is invoked
   * again, with the same token.
   * @throws StateError States.Timeout, States.HeartbeatTimeout, the error of the function or of
   *   SendTaskFailure; EvaluationError
   */
  async run(scope: (attempt: Attempt) => Scope): Promise<unknown> {
    const { attempt: before } = this.#step;
    const attempt = before ?? (await this.#new(scope));
    const call = attempt.submitted ? undefined : await this.#call(scope(attempt));
    if (this.#isOver) return this.#ended.promise;
    if (!before) this.#schedule(attempt, call);
    this.#watch(attempt);
    if (call) {
      this.#invoke(call, attempt).catch((error: unknown) => this.#fail('TaskFailed', error));
    }
    return this.#ended.promise;
  }

  /** Ends the attempt with a result. @returns false when it is over */
  succeed(result: unknown): boolean {
    return this.#end('TaskSucceeded', { output: JSON.stringify(result) }, () =>
      this.#ended.resolve(result),
    );
  }

  /** Ends the attempt with an error. @returns false when it is over */
  fail(error: StateError): boolean {
    return this.#fail('TaskFailed', error);
  }

  /** Restarts the time until the next heartbeat. @returns false when the attempt is over */
  heartbeat(): boolean {
    const { heartbeatSeconds } = this.#step.attempt ?? {};
    if (this.#isOver) return false;
    if (heartbeatSeconds !== undefined) {
      this.#expire('States.HeartbeatTimeout', Date.now() + heartbeatSeconds * 1000);
    }
    return true;
  }

  /** Stops all work. The attempt never ends. */
  close(): void {
    this.#isOver = true;
    this.#timers.clearAll();
  }

  async #new(scope: (attempt: Attempt) => Scope): Promise<Attempt> {
    const startedAt = Date.now();
    const read = async (field: 'TimeoutSeconds' | 'HeartbeatSeconds') => {
      const template = this.#state[field];
      if (template === undefined) return undefined;
      return wholeSeconds(await evaluate(template, scope({ startedAt }), field), field);
    };
    const timeoutSeconds = await read('TimeoutSeconds');
    const heartbeatSeconds = await read('HeartbeatSeconds');
    const { executionArn } = this.#parts;
    const operationId = this.#step.name;
    return {
      startedAt,
      ...(waitsForToken(this.#state) && { token: newCallbackId({ executionArn, operationId }) }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
    };
  }

  #schedule(attempt: Attempt, call: Call | undefined): void {
    const { history, kernel, save } = this.#parts;
    history.add('TaskScheduled', {
      ...this.#resource,
      ...{ region: kernel.region, parameters: JSON.stringify(call) },
      timeoutInSeconds: attempt.timeoutSeconds,
      heartbeatInSeconds: attempt.heartbeatSeconds,
    });
    history.add('TaskStarted', this.#resource);
    this.#step.attempt = attempt;
    save();
  }

  async #call(scope: Scope): Promise<Call> {
    const value = await evaluate(this.#state.Arguments, scope, 'Arguments');
    const { FunctionName, Payload = {}, ...others } = isObject(value) ? value : {};
    if (typeof FunctionName !== 'string' || Object.keys(others).length > 0) {
      const cause = 'The Arguments of lambda:invoke must be FunctionName and Payload.';
      throw new StateError('States.Runtime', cause);
    }
    return { FunctionName, Payload: limited(Payload) };
  }

  async #invoke({ FunctionName, Payload }: Call, attempt: Attempt): Promise<void> {
    const { history, save } = this.#parts;
    const { payload, functionError } = await this.#invocation(FunctionName, Payload);
    const text = payload.toString('utf8');
    if (functionError) throw new StateError(errorTypeOf(text), text);
    const output = {
      ExecutedVersion: '$LATEST',
      Payload: text === '' ? null : (JSON.parse(text) as unknown),
      SdkResponseMetadata: { RequestId: randomUUID() },
      StatusCode: 200,
    };
    if (attempt.token === undefined) {
      this.succeed(output);
    } else if (!this.#isOver) {
      attempt.submitted = true;
      history.add('TaskSubmitted', { ...this.#resource, output: JSON.stringify(output) });
      save();
    }
  }

  /**
   * @throws StateError with the name that Step Functions gives to an error of the Lambda service. The
   *   name of a denied call is the one in https://github.com/awslabs/aws-deployment-framework/issues/460
   */
  async #invocation(name: string, event: unknown) {
    const { kernel, machine } = this.#parts;
    const arn = name.startsWith('arn:') ? name : kernel.arn('lambda', `function:${name}`);
    try {
      machine.actor.require(invokeFunction(arn));
    } catch (error) {
      throw new StateError('Lambda.AWSLambdaException', (error as Error).message);
    }
    try {
      return await kernel.services.lambda.invoke(arn, Buffer.from(JSON.stringify(event)));
    } catch (error) {
      const code = error instanceof AwsError ? error.code : 'SdkClientException';
      throw new StateError(`Lambda.${code}`, (error as Error).message);
    }
  }

  #watch({ startedAt, timeoutSeconds }: Attempt): void {
    if (timeoutSeconds !== undefined) {
      this.#expire('States.Timeout', startedAt + timeoutSeconds * 1000);
    }
    this.heartbeat();
  }

  #expire(error: 'States.Timeout' | 'States.HeartbeatTimeout', at: number): void {
    this.#timers.set(error, at, () => this.#fail('TaskTimedOut', new StateError(error, '')));
  }

  #fail(type: 'TaskFailed' | 'TaskTimedOut', reason: unknown): boolean {
    const { error, cause } =
      reason instanceof StateError ? reason : new StateError('States.Runtime', String(reason));
    return this.#end(type, { error, cause }, () =>
      this.#ended.reject(new StateError(error, cause)),
    );
  }

  #end(type: string, details: Readonly<Record<string, unknown>>, settle: () => void): boolean {
    if (this.#isOver) return false;
    this.close();
    this.#parts.history.add(type, { ...this.#resource, ...details });
    settle();
    return true;
  }

  get #resource() {
    const resource = waitsForToken(this.#state) ? 'invoke.waitForTaskToken' : 'invoke';
    return { resourceType: 'lambda', resource };
  }
}

/** The error type in a function's answer. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
function errorTypeOf(text: string): string {
  try {
    const { errorType } = JSON.parse(text) as { errorType?: string };
    return errorType || 'Lambda.Unknown';
  } catch {
    return 'Lambda.Unknown';
  }
}
