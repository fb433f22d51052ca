import { Stream } from 'node:stream';

/** Range of keys, in LevelDB's terms; `limit` below 0 or absent means all. */
export interface RangeOptions {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  limit?: number;
}

/** Values by key, read in key order. Keys are ASCII, so string order is byte order. */
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

  /** The values in a range, as they are now. */
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

  /** Index of the first key that is not before `key` (or, with `after`, that is behind it). */
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

/** The values as an old-style stream, which is what dynalite's lazy lists read from. */
export function valueStream(values: readonly unknown[]): Stream & { destroy(): void } {
  let destroyed = false;
  const stream = Object.assign(new Stream(), {
    destroy: () => {
      destroyed = true;
    },
  });
  // Listeners are attached after this returns.
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
