/** What was asked of a service since the local cloud started, as one line of a list. */
export interface OperationCount {
  readonly service: 'dynamodb' | 'sqs' | 'events' | 's3' | 'lambda';
  /** As AWS calls it: `GetItem`, `ReceiveMessage`, `PUT object`, `Invoke`. */
  readonly operation: string;
  /** Table, queue, bus, bucket or function, by its name. */
  readonly resource: string;
  /** Stack of a function; the names of other resources tell theirs. */
  readonly stack?: string;
  readonly calls: number;
  /** What AWS meters besides, by name: `readUnits`, `entries`, `billedMs`. */
  readonly amounts: Readonly<Record<string, number>>;
}

type Key = Pick<OperationCount, 'service' | 'operation' | 'resource' | 'stack'>;

/** Counts up from the start of the local cloud; whoever wants to know about a time takes the difference of two lists. */
export class OperationCounts {
  readonly #rows = new Map<string, Key & { calls: number; amounts: Record<string, number> }>();

  /** One call. @param amounts are added up */
  add(key: Key, amounts: Readonly<Record<string, number>> = {}): void {
    const id = `${key.service} ${key.operation} ${key.stack ?? ''}/${key.resource}`;
    const row = this.#rows.get(id) ?? { ...key, calls: 0, amounts: {} };
    row.calls += 1;
    for (const [name, amount] of Object.entries(amounts)) {
      row.amounts[name] = (row.amounts[name] ?? 0) + amount;
    }
    this.#rows.set(id, row);
  }

  list(): OperationCount[] {
    return [...this.#rows.values()].map((row) => ({ ...row, amounts: { ...row.amounts } }));
  }
}
