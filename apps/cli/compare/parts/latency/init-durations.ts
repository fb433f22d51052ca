import type { ComparedTarget } from '../../part.ts';

const report = /REPORT RequestId: (\S+)\t.*Init Duration: ([\d.]+) ms/;

interface Init {
  /** Of the invocation that the start was for. */
  readonly id: string;
  readonly ms: number;
}

/** Init Durations that the newest log lines of a variant's functions tell, each once. */
export class InitDurations {
  readonly #seen = new Set<string>();
  readonly #stacks = new Map<string, Set<string>>();
  readonly #byTarget = new Map<string, number[]>();

  /** Lets what has been logged up to now count for nothing. */
  skip(target: ComparedTarget): void {
    for (const { id } of this.#newest(target)) this.#seen.add(id);
  }

  /** Reads what has been logged since; the log keeps the last lines of each stack only. */
  collect(target: ComparedTarget): void {
    const list = this.#byTarget.get(target.name) ?? [];
    for (const { id, ms } of this.#newest(target)) {
      if (!this.#seen.has(id)) list.push(ms);
      this.#seen.add(id);
    }
    this.#byTarget.set(target.name, list);
  }

  of({ name }: ComparedTarget): readonly number[] {
    return this.#byTarget.get(name) ?? [];
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
        const [, id, ms] = report.exec(line) ?? [];
        return id && ms ? [{ id, ms: Number(ms) }] : [];
      }),
    );
  }
}
