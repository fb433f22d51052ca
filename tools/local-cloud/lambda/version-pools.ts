import type { Kernel } from '../kernel.ts';
import { CodeVersions } from './code-versions.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { SandboxPool } from './sandbox-pool.ts';

/** The published versions of one function, and the aliases that name them. */
interface Published {
  readonly pools: Map<string, SandboxPool>;
  readonly aliases: Map<string, string>;
}

/** The published versions of durable functions. Each has its own code and its own sandboxes. */
export class VersionPools {
  readonly #kernel: Kernel;
  readonly #code: CodeVersions;
  readonly #byFunction = new Map<string, Published>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#code = new CodeVersions(kernel.saved);
  }

  /** Makes the versions that an earlier run of the local cloud has saved available. */
  restore(definition: FunctionDefinition): void {
    for (const version of this.#code.of(definition.name)) this.#add(definition, version);
  }

  /** Publishes the current code of a function. Returns the version. */
  publish(definition: FunctionDefinition): string {
    const version = this.#code.publish(definition.name, definition.taskRoot);
    this.#add(definition, version);
    return version;
  }

  /** Makes an alias name a version. */
  setAlias(functionName: string, alias: string, version: string): void {
    this.#of(functionName).aliases.set(alias, version);
  }

  /** The version that a version or an alias names. Undefined if it is unknown. */
  find(functionName: string, qualifier: string): SandboxPool | undefined {
    const { pools, aliases } = this.#of(functionName);
    return pools.get(aliases.get(qualifier) ?? qualifier);
  }

  /** The versions of a function, or of all functions. */
  pools(functionName?: string): SandboxPool[] {
    const all = functionName ? [this.#of(functionName)] : [...this.#byFunction.values()];
    return all.flatMap(({ pools }) => [...pools.values()]);
  }

  /**
   * Publishes the current code of a function and makes its aliases name it, as a deployment does. Deletes the versions that
   * no alias names, except those in use. Has no effect on a function without versions.
   */
  release(definition: FunctionDefinition, isUsed: (version: string) => boolean): void {
    const { name } = definition;
    const { pools, aliases } = this.#of(name);
    if (pools.size === 0) return;
    const newest = this.publish(definition);
    for (const alias of aliases.keys()) aliases.set(alias, newest);
    for (const [version, pool] of pools) {
      if (version === newest || isUsed(version)) continue;
      pools.delete(version);
      void pool.stop(0).then(() => this.#code.delete(name, version));
    }
  }

  /** Stops the sandboxes of all versions of a function. */
  async remove(functionName: string, graceMs: number): Promise<void> {
    const pools = this.pools(functionName);
    this.#byFunction.delete(functionName);
    await Promise.all(pools.map((pool) => pool.stop(graceMs)));
  }

  /** Deletes the copies of the code. */
  close(): void {
    this.#code.close();
  }

  #of(functionName: string): Published {
    const known = this.#byFunction.get(functionName);
    if (known) return known;
    const published = { pools: new Map(), aliases: new Map() };
    this.#byFunction.set(functionName, published);
    return published;
  }

  #add(definition: FunctionDefinition, version: string): void {
    const { pools } = this.#of(definition.name);
    if (pools.has(version)) return;
    const taskRoot = this.#code.folderOf(definition.name, version);
    pools.set(version, new SandboxPool({ ...definition, version, taskRoot }, this.#kernel));
  }
}
