import { type DurableFunction, type Execution, Executions } from '../durable/index.ts';
import { AwsError, type Invocation, type Kernel } from '../kernel.ts';
import { type FunctionDefinition, LATEST } from './function-definition.ts';
import {
  functionNotFound,
  parseFunctionReference,
  requestedQualifier,
} from './function-reference.ts';
import type { MappingRecord } from './mapping-records.ts';
import { type InvokeOptions, SandboxPool } from './sandbox-pool.ts';
import { VersionPools } from './version-pools.ts';

/** Largest synchronous request in bytes, as in AWS's error message. */
const MAX_REQUEST_BYTES = 6_291_456;

/** A process of the local cloud, as the control interface lists it. */
export interface RunningProcess {
  readonly stack: string;
  /** Logical id of the function, web function or service. */
  readonly source: string;
  readonly pid: number;
  /** An environment of a web function counts as a function: it starts with a request and ends without traffic. */
  readonly kind: 'function' | 'web function' | 'container';
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
  /** Versions and aliases by function. Those of a function that is not durable are its current code. */
  readonly #qualifiers = new Map<string, Set<string>>();
  readonly #versions: VersionPools;
  readonly #mappings = new Map<string, MappingRecord>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.durable = new Executions(kernel);
    this.#versions = new VersionPools(kernel);
  }

  add(definition: FunctionDefinition): SandboxPool {
    const pool = new SandboxPool(definition, this.#kernel);
    this.#pools.set(definition.name, pool);
    if (definition.durable) {
      const { name, arn } = definition;
      this.#versions.restore(definition);
      this.durable.resume(arn, (version) =>
        durableFunction(this.#versions.find(name, version) ?? pool),
      );
    }
    return pool;
  }

  async remove(name: string, graceMs: number): Promise<void> {
    const pool = this.#pools.get(name);
    this.#pools.delete(name);
    if (pool) this.durable.close(pool.definition.arn);
    this.#qualifiers.delete(name);
    await Promise.all([pool?.stop(graceMs), this.#versions.remove(name, graceMs)]);
  }

  /**
   * Publishes a function's code. Returns the version: a copy of the code if the function is durable. Of other functions, the
   * only version is the current code.
   */
  publish(name: string): string {
    const definition = this.#pools.get(name)?.definition;
    const version = definition?.durable ? this.#versions.publish(definition) : '1';
    this.#qualify(name, version);
    return version;
  }

  /** Makes invocations of `name:alias` invoke a version. */
  addAlias(name: string, alias: string, version: string): void {
    this.#versions.setAlias(name, alias, version);
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
    const published = version === undefined ? undefined : this.#versions.find(parsed.name, version);
    if (published) return published;
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
    if (!pool.definition.durable) throw new Error(`${reference} is not a durable function`);
    const parsed = parseFunctionReference(reference, this.#kernel.arn('lambda', 'function:'));
    if (requestedQualifier(parsed, qualifier) === undefined) throw unqualified();
    return this.durable.start(durableFunction(pool), payload.toString('utf8'), name);
  }

  /** Kills all sandboxes of a function. Returns their number. */
  kill(reference: string): number {
    const pool = this.find(reference);
    const pools = [pool, ...this.#versions.pools(pool.definition.name)];
    return pools.reduce((killed, one) => killed + one.kill(), 0);
  }

  /**
   * Makes the functions of a stack reload their artifacts. In-flight invocations finish first, and a durable execution stays on
   * its version.
   */
  restart(stack: string): void {
    for (const pool of this.#pools.values()) {
      const { definition } = pool;
      if (definition.stack !== stack) continue;
      pool.retire();
      if (!definition.durable) continue;
      for (const version of this.#versions.pools(definition.name)) version.retire();
      const isUsed = (version: string) => this.durable.isRunning(definition.arn, version);
      this.#versions.release(definition, isUsed);
    }
  }

  processes(): RunningProcess[] {
    return [...this.#pools.values(), ...this.#versions.pools()].flatMap(
      ({ definition, sandboxes }) =>
        sandboxes.flatMap(({ pid, startedAt, log: { group: logGroup } }) => {
          const { stack, logicalId: source } = definition;
          const log = logGroup === undefined ? {} : { logGroup };
          return pid ? [{ stack, source, pid, kind: 'function' as const, startedAt, ...log }] : [];
        }),
    );
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all([...this.#pools.keys()].map((name) => this.remove(name, graceMs)));
    this.#versions.close();
  }
}

/** The part of a durable function that its executions use. */
function durableFunction(pool: SandboxPool): DurableFunction {
  const { arn, version = LATEST, stack, logicalId, durable } = pool.definition;
  const { executionTimeoutMs = 0 } = durable ?? {};
  const invoke: DurableFunction['invoke'] = (payload) => pool.invoke(payload);
  return { arn, version, stack, logicalId, executionTimeoutMs, invoke };
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
