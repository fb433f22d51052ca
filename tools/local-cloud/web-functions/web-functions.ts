import type { Kernel } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import { EnvironmentPool } from './environment-pool.ts';
import type { Revision } from './revision.ts';

interface WebFunction {
  readonly name: string;
  readonly arn: string;
  /** By their ids. */
  readonly revisions: Map<string, EnvironmentPool>;
  /** The limit of its endpoint, or none. */
  maxEnvironments: number;
}

/** All web functions of the local cloud. */
export class WebFunctions {
  readonly #kernel: Kernel;
  readonly #functions = new Map<string, WebFunction>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** @returns its ARN */
  add(name: string): string {
    const arn = this.#kernel.arn('lambda', `web-function/${name}`);
    const maxEnvironments = Number.POSITIVE_INFINITY;
    this.#functions.set(name, { name, arn, revisions: new Map(), maxEnvironments });
    return arn;
  }

  remove(name: string): void {
    this.#functions.delete(name);
  }

  /**
   * Finds a function by its name or ARN.
   * @throws Error when there is none
   */
  find(reference: string): WebFunction {
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    const found = this.#functions.get(name);
    if (!found || (reference.includes('/') && found.arn !== reference)) {
      throw new Error(`there is no web function ${reference}`);
    }
    return found;
  }

  addRevision(revision: Revision): EnvironmentPool {
    const owner = this.find(revision.functionName);
    const pool = new EnvironmentPool(revision, this.#kernel, () => owner.maxEnvironments);
    owner.revisions.set(revision.id, pool);
    return pool;
  }

  async removeRevision({ functionName, id }: Revision): Promise<void> {
    const revisions = this.#functions.get(functionName)?.revisions;
    const pool = revisions?.get(id);
    revisions?.delete(id);
    await pool?.stop();
  }

  #pools(): EnvironmentPool[] {
    return [...this.#functions.values()].flatMap(({ revisions }) => [...revisions.values()]);
  }

  /** Kills every environment of a function. Returns their number. */
  kill(reference: string): number {
    const pools = [...this.find(reference).revisions.values()];
    return pools.reduce((killed, pool) => killed + pool.kill(), 0);
  }

  /** Makes the functions of a stack start new environments from their current artifacts. Running requests finish first. */
  restart(stack: string): void {
    for (const pool of this.#pools()) if (pool.revision.stack === stack) pool.retire();
  }

  processes(): RunningProcess[] {
    return this.#pools().flatMap(({ revision, environments }) =>
      environments.flatMap(({ pid, startedAt, log: { group } }) => {
        const { stack, logicalId: source } = revision;
        const log = group === undefined ? {} : { logGroup: group };
        return pid ? [{ stack, source, pid, kind: 'function' as const, startedAt, ...log }] : [];
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pools().map((pool) => pool.stop()));
  }
}
