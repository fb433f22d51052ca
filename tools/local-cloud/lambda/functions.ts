import { type DurableFunction, type Execution, Executions } from '../durable/index.ts';
import { AwsError, type Invocation, type Kernel } from '../kernel.ts';
import type { FunctionDefinition } from './function-definition.ts';
import {
  functionNotFound,
  parseFunctionReference,
  requestedQualifier,
} from './function-reference.ts';
import type { MappingRecord } from './mapping-records.ts';
import { type InvokeOptions, SandboxPool } from './sandbox-pool.ts';

/** Largest synchronous request in bytes, as in AWS's error message. */
const MAX_REQUEST_BYTES = 6_291_456;

/** A process of the local cloud, as the control interface lists it. */
export interface RunningProcess {
  readonly stack: string;
  /** Logical id of the function or service. */
  readonly source: string;
  readonly pid: number;
  readonly kind: 'function' | 'container';
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The log group that it writes to. Absent when it has none, or when its role may not write. */
  readonly logGroup?: string;
}

/** All functions of the local cloud. */
export class Functions {
  readonly durable: Executions;
  readonly #kernel: Kernel;
  readonly #pools = new Map<string, SandboxPool>();
  /** Versions and aliases by function. All of them are the function's only code. */
  readonly #qualifiers = new Map<string, Set<string>>();
  readonly #mappings = new Map<string, MappingRecord>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.durable = new Executions(kernel);
  }

  add(definition: FunctionDefinition): SandboxPool {
    const pool = new SandboxPool(definition, this.#kernel);
    this.#pools.set(definition.name, pool);
    const durable = durableFunction(pool);
    if (durable) this.durable.resume(durable);
    return pool;
  }

  async remove(name: string, graceMs: number): Promise<void> {
    const pool = this.#pools.get(name);
    this.#pools.delete(name);
    if (pool) this.durable.close(pool.definition.arn);
    this.#qualifiers.delete(name);
    await pool?.stop(graceMs);
  }

  /** Publishes a function's code. Returns the version, which is always the same, because the code is. */
  publish(name: string): string {
    this.#qualify(name, '1');
    return '1';
  }

  /** Makes invocations of `name:alias` invoke the function. */
  addAlias(name: string, alias: string): void {
    this.#qualify(name, alias);
  }

  #qualify(name: string, qualifier: string): void {
    const known = this.#qualifiers.get(name) ?? new Set(['$LATEST']);
    this.#qualifiers.set(name, known.add(qualifier));
  }

  /** All functions. */
  definitions(): FunctionDefinition[] {
    return [...this.#pools.values()].map(({ definition }) => definition);
  }

  addMapping(mapping: MappingRecord): void {
    this.#mappings.set(mapping.id, mapping);
  }

  /** All event source mappings in the order of their creation. */
  mappings(): MappingRecord[] {
    return [...this.#mappings.values()];
  }

  /**
   * Finds a function by `stack/logicalId`, or as {@link named} does.
   * @throws AwsError `ResourceNotFoundException` (404) when the function is unknown
   */
  find(reference: string): SandboxPool {
    const pool = [...this.#pools.values()].find(
      ({ definition }) => `${definition.stack}/${definition.logicalId}` === reference,
    );
    return pool ?? this.named(reference, null);
  }

  /**
   * Finds a function by name, partial ARN or ARN, with `$LATEST` or a published version or alias.
   * @param qualifier the version or alias that the request selects besides the reference
   * @throws AwsError `ResourceNotFoundException` (404) for an unknown function, version or alias;
   *   `ValidationException`, `InvalidParameterValueException` for a malformed qualifier
   */
  named(reference: string, qualifier: string | null): SandboxPool {
    const functionArn = this.#kernel.arn('lambda', 'function:');
    const parsed = parseFunctionReference(reference, functionArn);
    const version = requestedQualifier(parsed, qualifier);
    const pool = this.#pools.get(parsed.name);
    const known = this.#qualifiers.get(parsed.name) ?? new Set(['$LATEST']);
    if (pool && (version === undefined || known.has(version))) return pool;
    const suffix = version === undefined ? '' : `:${version}`;
    throw functionNotFound(`${functionArn}${parsed.name}${suffix}`);
  }

  /**
   * Invokes a function and waits for the result.
   * @throws AwsError `ResourceNotFoundException` (404), `RequestTooLargeException` (413), or
   *   `TooManyRequestsException` (429) when no sandbox becomes free in time
   */
  async invoke(
    reference: string,
    payload: Buffer,
    options: InvokeOptions = {},
  ): Promise<Invocation> {
    const pool = this.find(reference);
    if (pool.definition.durable) return durableResult(this.startDurable(reference, payload));
    if (payload.length > MAX_REQUEST_BYTES) {
      const limit = `${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`;
      const message = `Request must be smaller than ${limit}`;
      throw new AwsError('RequestTooLargeException', message, 413);
    }
    return pool.invoke(payload, options);
  }

  /**
   * Starts an execution of a durable function, or returns the one with the same name.
   * @param reference a name or an ARN with a version
   * @throws AwsError InvalidParameterValueException without a version, `ResourceNotFoundException`
   *   (404), `DurableExecutionAlreadyStartedException` (409)
   */
  startDurable(
    reference: string,
    payload: Buffer,
    options: { readonly qualifier?: string | null; readonly name?: string } = {},
  ): Execution {
    const { qualifier = null, name } = options;
    const pool = this.named(reference, qualifier);
    const durable = durableFunction(pool);
    if (!durable) throw new Error(`${reference} is not a durable function`);
    if (qualifier === null && !/:\$LATEST$/.test(reference)) throw unqualified();
    return this.durable.start(durable, payload.toString('utf8'), name);
  }

  /** Kills all sandboxes of a function. Returns their number. */
  kill(reference: string): number {
    return this.find(reference).kill();
  }

  /** Makes the functions of a stack reload their artifacts. In-flight invocations finish first. */
  restart(stack: string): void {
    for (const pool of this.#pools.values()) {
      if (pool.definition.stack === stack) pool.retire();
    }
  }

  processes(): RunningProcess[] {
    return [...this.#pools.values()].flatMap(({ definition, sandboxes }) =>
      sandboxes.flatMap(({ pid, startedAt, log: { group: logGroup } }) => {
        const { stack, logicalId: source } = definition;
        const log = logGroup === undefined ? {} : { logGroup };
        return pid ? [{ stack, source, pid, kind: 'function' as const, startedAt, ...log }] : [];
      }),
    );
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all([...this.#pools.keys()].map((name) => this.remove(name, graceMs)));
  }
}

/** The part of a durable function that its executions use. */
function durableFunction(pool: SandboxPool): DurableFunction | undefined {
  const { arn, stack, logicalId, durable } = pool.definition;
  return (
    durable && { arn, stack, logicalId, ...durable, invoke: (payload) => pool.invoke(payload) }
  );
}

/** Waits for the result of an execution. */
export async function durableResult(execution: Execution): Promise<Invocation> {
  await execution.ended;
  const { status, outcome, arn } = execution;
  if (status === 'SUCCEEDED')
    return { payload: Buffer.from(outcome.Result ?? 'null'), cold: false };
  const { ErrorType = status, ErrorMessage = `${arn} is ${status}` } = outcome.Error ?? {};
  const error = { errorType: ErrorType, errorMessage: ErrorMessage };
  return { payload: Buffer.from(JSON.stringify(error)), functionError: 'Unhandled', cold: false };
}

/** The message is in https://github.com/serverless/serverless/pull/13589, as seen on AWS. */
function unqualified(): AwsError {
  const text = 'You cannot invoke a durable function using an unqualified ARN.';
  return new AwsError('InvalidParameterValueException', text);
}
