import type { ComparedTarget } from '../../part.ts';
import { billedFunction } from '../function-name.ts';

/** The local cloud prefixes each line with its source: `Http` or `Worker`. */
const REPORT_LINE = /(\w+) REPORT RequestId: (\S+)\t.*Init Duration: ([\d.]+) ms/;

interface Init {
  /** Request id of the invocation that started the sandbox. */
  readonly id: string;
  /** The function's name in the bill: `catalog-http`. */
  readonly of: string;
  readonly ms: number;
}

/** Collects each Init Duration once from the log lines of a variant's functions. */
export class InitDurations {
  readonly #seen = new Set<string>();
  readonly #stacks = new Map<string, Set<string>>();
  readonly #byTarget = new Map<string, Init[]>();

  /** Ignores everything logged so far. */
  skip(target: ComparedTarget): void {
    for (const { id } of this.#newest(target)) this.#seen.add(id);
  }

  /** Reads the lines logged since the last call. The log keeps only the last lines of each stack. */
  collect(target: ComparedTarget): void {
    const list = this.#byTarget.get(target.name) ?? [];
    for (const init of this.#newest(target)) {
      if (!this.#seen.has(init.id)) list.push(init);
      this.#seen.add(init.id);
    }
    this.#byTarget.set(target.name, list);
  }

  of({ name }: ComparedTarget): readonly number[] {
    return (this.#byTarget.get(name) ?? []).map(({ ms }) => ms);
  }

  /** INIT durations in milliseconds by function name. */
  byFunction({ name }: ComparedTarget): ReadonlyMap<string, readonly number[]> {
    const all = Map.groupBy(this.#byTarget.get(name) ?? [], (init) => init.of);
    return new Map([...all].sort().map(([of, inits]) => [of, inits.map(({ ms }) => ms)]));
  }

  /** Includes stacks whose sandboxes have ended. */
  #newest({ name, local }: ComparedTarget): Init[] {
    if (!local) return [];
    const { cloud, logs } = local.shop;
    const stacks = this.#stacks.get(name) ?? new Set();
    for (const { kind, stack } of cloud.processes()) if (kind === 'function') stacks.add(stack);
    this.#stacks.set(name, stacks);
    return [...stacks].flatMap((stack) =>
      logs.tail(stack).flatMap((line) => {
        const [, source, id, ms] = REPORT_LINE.exec(line) ?? [];
        return source && id && ms
          ? [{ id, of: billedFunction(stack, source), ms: Number(ms) }]
          : [];
      }),
    );
  }
}
