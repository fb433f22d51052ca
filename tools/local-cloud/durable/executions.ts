import { AwsError, type Kernel } from '../kernel.ts';
import { parseCallbackId } from './callback-id.ts';
import { invalid } from './check-updates.ts';
import {
  type DurableFunction,
  Execution,
  type ExecutionRecord,
  executionArn,
} from './execution.ts';
import { Operations } from './operations.ts';

const AREA = 'durable executions';
/** `DurableExecutionName`: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const NAME = /^[a-zA-Z0-9-_]{1,64}$/;

/** More executions than this are kept only while they run. */
const MAX_EXECUTIONS = 10_000;

/** All durable executions of the local cloud. */
export class Executions {
  readonly #kernel: Kernel;
  readonly #byArn = new Map<string, Execution>();
  readonly #byName = new Map<string, Execution>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /**
   * Resumes the executions of a function that an earlier run of the local cloud has saved.
   * @param functionArn without a version
   * @param functionOf the code of a version
   */
  resume(functionArn: string, functionOf: (version: string) => DurableFunction): void {
    for (const { value } of this.#kernel.saved.entries(AREA)) {
      const record = value as ExecutionRecord;
      if (!record.arn.startsWith(`${functionArn}:`)) continue;
      const [version = ''] = record.arn.slice(functionArn.length + 1).split('/');
      this.#add(record, functionOf(version));
    }
  }

  /** Whether an execution of this version is running. @param functionArn without a version */
  isRunning(functionArn: string, version: string): boolean {
    return this.of(functionArn).some(
      (one) => one.function.version === version && one.status === 'RUNNING',
    );
  }

  /**
   * Starts an execution, or returns the one with this name.
   * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html
   * @throws AwsError DurableExecutionAlreadyStartedException when the execution with this name has
   *   another payload, InvalidParameterValueException for a malformed name
   */
  start(
    durableFunction: DurableFunction,
    payload: string,
    name: string = crypto.randomUUID(),
  ): Execution {
    if (!NAME.test(name)) throw invalid(`Invalid durable execution name: ${name}`);
    const known = this.#byName.get(`${durableFunction.arn} ${name}`);
    if (known?.input === payload) return known;
    if (known) {
      const text = `The durable execution ${name} has already been started with another payload.`;
      throw new AwsError('DurableExecutionAlreadyStartedException', text, 409);
    }
    const arn = executionArn(`${durableFunction.arn}:${durableFunction.version}`, name);
    const operations = [Operations.first(payload, Date.now())];
    const record = { arn, name, status: 'RUNNING', outcome: {}, operations } as const;
    const execution = this.#add(record, durableFunction);
    this.#save(execution);
    return execution;
  }

  /** The executions of a function, oldest first. @param functionArn without a version */
  of(functionArn: string): Execution[] {
    return [...this.#byArn.values()].filter((one) => one.function.arn === functionArn);
  }

  /** @throws AwsError ResourceNotFoundException (404) */
  find(arn: string): Execution {
    const execution = this.#byArn.get(arn);
    if (execution) return execution;
    throw new AwsError('ResourceNotFoundException', `Durable execution not found: ${arn}`, 404);
  }

  /** The execution and the operation of a callback. @throws AwsError ResourceNotFoundException (404) */
  callback(callbackId: string): { execution: Execution; operationId: string } {
    const { executionArn = '', operationId = '' } = parseCallbackId(callbackId) ?? {};
    const execution = this.#byArn.get(executionArn);
    const { CallbackDetails } = execution?.operations.get(operationId) ?? {};
    if (execution && CallbackDetails?.CallbackId === callbackId) return { execution, operationId };
    throw new AwsError('ResourceNotFoundException', `Callback not found: ${callbackId}`, 404);
  }

  /** Stops the work of a function's executions, and leaves them as they are. */
  close(functionArn: string): void {
    for (const execution of this.of(functionArn)) execution.close();
  }

  #add(record: ExecutionRecord, durableFunction: DurableFunction): Execution {
    const saved = (execution: Execution) => this.#save(execution);
    const execution = new Execution(record, durableFunction, { kernel: this.#kernel, saved });
    this.#byArn.set(execution.arn, execution);
    this.#byName.set(`${durableFunction.arn} ${execution.name}`, execution);
    this.#forgetOldest();
    execution.run();
    return execution;
  }

  /** Forgets the oldest executions that have ended, as AWS does after the retention period. */
  #forgetOldest(): void {
    if (this.#byArn.size <= MAX_EXECUTIONS) return;
    const oldest = [...this.#byArn.values()].find(({ status }) => status !== 'RUNNING');
    if (!oldest) return;
    this.#byArn.delete(oldest.arn);
    this.#byName.delete(`${oldest.function.arn} ${oldest.name}`);
    this.#kernel.saved.write([{ area: AREA, key: oldest.arn }]);
  }

  #save(execution: Execution): void {
    this.#kernel.saved.write([{ area: AREA, key: execution.arn, value: execution.record }]);
  }
}
