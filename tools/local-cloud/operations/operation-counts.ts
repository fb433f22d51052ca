/** The count of one operation on one resource since the local cloud started. */
export interface OperationCount {
  readonly service: 'dynamodb' | 'sqs' | 'events' | 's3' | 'lambda' | 'lambda-web' | 'states';
  /** AWS's name of the operation: `GetItem`, `ReceiveMessage`, `PUT object`, `Invoke`. */
  readonly operation: string;
  /** The name of the table, queue, bus, bucket or function. */
  readonly resource: string;
  /** The stack of a function. The names of other resources contain their stack. */
  readonly stack?: string;
  readonly calls: number;
  /** Other metered amounts by name: `readUnits`, `entries`, `billedMs`. */
  readonly amounts: Readonly<Record<string, number>>;
}

type Key = Pick<OperationCount, 'service' | 'operation' | 'resource' | 'stack'>;

/** Counts operations since the start. For an interval, subtract two lists. */
export class OperationCounts {
  readonly #rows = new Map<string, Key & { calls: number; amounts: Record<string, number> }>();

  /** Adds one call. @param amounts added to the totals of the row */
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
