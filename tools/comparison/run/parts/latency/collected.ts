/** Collects latencies, counts and failures per target and step. */
export class Collected {
  readonly #samples = new Map<string, number[]>();
  readonly #counts = new Map<string, number>();
  readonly #failures = new Map<string, Map<string, number>>();

  add(target: string, what: string, ms: number): void {
    const key = `${target}/${what}`;
    const list = this.#samples.get(key) ?? [];
    list.push(ms);
    this.#samples.set(key, list);
  }

  of(target: string, what: string): readonly number[] {
    return this.#samples.get(`${target}/${what}`) ?? [];
  }

  count(target: string, what: string): void {
    const key = `${target}/${what}`;
    this.#counts.set(key, this.counted(target, what) + 1);
  }

  counted(target: string, what: string): number {
    return this.#counts.get(`${target}/${what}`) ?? 0;
  }

  /** Counts failures by message. */
  fail(target: string, message: string): void {
    const messages = this.#failures.get(target) ?? new Map<string, number>();
    // Ids differ between requests; the first words identify the failure.
    const short = message.replaceAll(/[0-9a-f]{8,}[0-9a-f-]*/gi, '…').slice(0, 160);
    messages.set(short, (messages.get(short) ?? 0) + 1);
    this.#failures.set(target, messages);
  }

  failures(target: string): readonly { readonly message: string; readonly times: number }[] {
    return [...(this.#failures.get(target) ?? [])].map(([message, times]) => ({ message, times }));
  }
}
