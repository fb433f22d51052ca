import type { ComparedTarget } from '../../part.ts';
import { billedFunction } from '../function-name.ts';

/** The local cloud writes a line's source before it: `Http` or `Worker`. */
const report = /(\w+) REPORT RequestId: (\S+)\t.*Init Duration: ([\d.]+) ms/;

interface Init {
  /** Of the invocation that the start was for. */
  readonly id: string;
  /** As bills call it: `catalog-http`. */
  readonly of: string;
  readonly ms: number;
}

/** Init Durations that the newest log lines of a variant's functions tell, each once. */
export class InitDurations {
  readonly #seen = new Set<string>();
  readonly #stacks = new Map<string, Set<string>>();
  readonly #byTarget = new Map<string, Init[]>();

  /** Lets what has been logged up to now count for nothing. */
  skip(target: ComparedTarget): void {
    for (const { id } of this.#newest(target)) this.#seen.add(id);
  }

  /** Reads what has been logged since; the log keeps the last lines of each stack only. */
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

  /** The same, function by function. */
  byFunction({ name }: ComparedTarget): ReadonlyMap<string, readonly number[]> {
    const all = Map.groupBy(this.#byTarget.get(name) ?? [], (init) => init.of);
    return new Map([...all].sort().map(([of, inits]) => [of, inits.map(({ ms }) => ms)]));
  }

  /** Also of stacks whose sandboxes have ended since. */
  #newest({ name, local }: ComparedTarget): Init[] {
    if (!local) return [];
    const { cloud, logs } = local.shop;
    const stacks = this.#stacks.get(name) ?? new Set();
    for (const { kind, stack } of cloud.processes()) if (kind === 'function') stacks.add(stack);
    this.#stacks.set(name, stacks);
    return [...stacks].flatMap((stack) =>
      logs.tail(stack).flatMap((line) => {
        const [, source, id, ms] = report.exec(line) ?? [];
        return source && id && ms
          ? [{ id, of: billedFunction(stack, source), ms: Number(ms) }]
          : [];
      }),
    );
  }
}
