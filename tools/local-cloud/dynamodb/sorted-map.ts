import { Stream } from 'node:stream';

/** A range of keys, in LevelDB's terms. A negative or absent `limit` means all. */
export interface RangeOptions {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  limit?: number;
}

/** A map that is read in key order. Keys are ASCII, so string order is byte order. */
export class SortedMap<V> {
  readonly #values = new Map<string, V>();
  readonly #keys: string[] = [];

  get size(): number {
    return this.#keys.length;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#position(key, false), 0, key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#position(key, false), 1);
  }

  /** The current values in a range. */
  range(options: RangeOptions): V[] {
    const { gt, gte, lt, lte, reverse, limit } = options;
    const from = Math.max(
      gt === undefined ? 0 : this.#position(gt, true),
      gte === undefined ? 0 : this.#position(gte, false),
    );
    const to = Math.min(
      lt === undefined ? this.#keys.length : this.#position(lt, false),
      lte === undefined ? this.#keys.length : this.#position(lte, true),
    );
    const count = limit === undefined || limit < 0 ? to - from : Math.min(limit, to - from);
    const keys = reverse
      ? this.#keys.slice(Math.max(from, to - count), to).reverse()
      : this.#keys.slice(from, from + Math.max(0, count));
    return keys.flatMap((key) => this.#values.get(key) ?? []);
  }

  /** Index of the first key that is at least `key`, or with `after`, greater than `key`. */
  #position(key: string, after: boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#keys[middle] as string;
      if (candidate < key || (after && candidate === key)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The values as an old-style stream, the input of dynalite's lazy lists. */
export function valueStream(values: readonly unknown[]): Stream & { destroy(): void } {
  let destroyed = false;
  const stream = Object.assign(new Stream(), {
    destroy: () => {
      destroyed = true;
    },
  });
  // The caller attaches its listeners after this function returns.
  process.nextTick(() => {
    try {
      for (const value of values) {
        if (destroyed) return;
        stream.emit('data', value);
      }
      stream.emit('end');
    } catch (error) {
      stream.emit('error', error);
    }
  });
  return stream;
}
