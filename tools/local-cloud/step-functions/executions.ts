import { parseCallbackId } from '../durable/index.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import { Execution } from './execution.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { Machine } from './machine.ts';
import type { TaskAttempt } from './task-attempt.ts';

const AREA = 'executions of state machines';
/** More executions than this are kept only while they run. AWS keeps them for 90 days. */
const MAX_EXECUTIONS = 10_000;
/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** All state machines of the local cloud, and their executions. */
export class Executions {
  readonly #kernel: Kernel;
  readonly #machines = new Map<string, Machine>();
  readonly #byArn = new Map<string, Execution>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  addMachine(machine: Machine): void {
    this.#machines.set(machine.arn, machine);
  }

  /** Continues the executions of a machine that an earlier run of the local cloud has saved. */
  resume(machine: Machine): void {
    for (const { value } of this.#kernel.saved.entries(AREA)) {
      const record = value as ExecutionRecord;
      if (record.machineArn === machine.arn) this.#add(record, machine);
    }
  }

  /** Stops the work of a machine's executions, and leaves them as they are. */
  removeMachine(arn: string): void {
    this.#machines.delete(arn);
    for (const execution of this.of(arn)) execution.close();
  }

  machines(): Machine[] {
    return [...this.#machines.values()];
  }

  /** @throws AwsError StateMachineDoesNotExist, InvalidArn */
  machine(arn: string): Machine {
    const machine = this.#machines.get(checkedArn(arn, 'stateMachine'));
    if (machine) return machine;
    const text = `State Machine Does Not Exist: '${arn}'`;
    throw new AwsError('StateMachineDoesNotExist', text);
  }

  /**
   * Starts an execution, or returns the one that runs with this name and input.
   * @param input JSON
   * @throws AwsError StateMachineDoesNotExist, InvalidArn, InvalidName, InvalidExecutionInput,
   *   ExecutionAlreadyExists when the execution with this name has ended or has another input
   */
  start(machineArn: string, input: string, name: string = crypto.randomUUID()): Execution {
    const machine = this.machine(machineArn);
    if (!NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    checkInput(input);
    const arn = this.#kernel.arn('states', `execution:${machine.name}:${name}`);
    const known = this.#byArn.get(arn);
    if (known?.record.status === 'RUNNING' && known.record.input === input) return known;
    if (known) {
      const text = `Execution Already Exists: '${arn}'`;
      throw new AwsError('ExecutionAlreadyExists', text);
    }
    const started = { arn, name, machineArn, input, startedAt: Date.now() };
    return this.#add({ ...started, status: 'RUNNING', variables: {}, events: [] }, machine);
  }

  /** The executions of a machine, oldest first. */
  of(machineArn: string): Execution[] {
    return [...this.#byArn.values()].filter(({ machine }) => machine.arn === machineArn);
  }

  /** @throws AwsError ExecutionDoesNotExist, InvalidArn */
  find(arn: string): Execution {
    const execution = this.#byArn.get(checkedArn(arn, 'execution'));
    if (execution) return execution;
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }

  /** The attempt that waits with a token. @throws AwsError InvalidToken, TaskTimedOut */
  waitingWith(token: string): TaskAttempt {
    const { executionArn } = parseCallbackId(token) ?? {};
    if (executionArn === undefined) {
      throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    const attempt = this.#byArn.get(executionArn)?.waitingWith(token);
    if (attempt) return attempt;
    throw taskTimedOut();
  }

  #add(record: ExecutionRecord, machine: Machine): Execution {
    const saved = (execution: Execution) => this.#save(execution);
    const execution = new Execution(record, { kernel: this.#kernel, machine, saved });
    this.#byArn.set(record.arn, execution);
    this.#forgetOldest();
    execution.run();
    return execution;
  }

  #forgetOldest(): void {
    if (this.#byArn.size <= MAX_EXECUTIONS) return;
    for (const [arn, { record }] of this.#byArn) {
      if (record.status === 'RUNNING') continue;
      this.#byArn.delete(arn);
      this.#kernel.saved.write([{ area: AREA, key: arn }]);
      return;
    }
  }

  #save({ record }: Execution): void {
    this.#kernel.saved.write([{ area: AREA, key: record.arn, value: record }]);
  }
}

/** The state machine of the execution that waits with a token. */
export function stateMachineOf(taskToken: string): string | undefined {
  const { executionArn } = parseCallbackId(taskToken) ?? {};
  return executionArn?.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '');
}

export function taskTimedOut(): AwsError {
  const text = "Task Timed Out: 'Provided task does not exist anymore'";
  return new AwsError('TaskTimedOut', text);
}

function checkedArn(arn: string, kind: 'stateMachine' | 'execution'): string {
  if (arn.startsWith('arn:') && arn.includes(`:${kind}:`)) return arn;
  throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
}

function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch (error) {
    const text = `Invalid State Machine Execution Input: '${(error as Error).message}'`;
    throw new AwsError('InvalidExecutionInput', text);
  }
}
