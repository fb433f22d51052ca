import type { LogLine } from '../kernel.ts';

/** Lines that a group keeps. Older ones are dropped. */
const MAX_LINES = 10_000;
/** Characters of all lines that a group keeps. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const MAX_GROUPS = 500;

/** A line of a log stream. */
export interface LogEvent {
  /** Ascends with each line of the store. */
  readonly number: number;
  readonly stream: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly firstAt: number;
  lastAt: number;
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  /** In the order in which they arrived. */
  readonly events: readonly LogEvent[];
  /** By name. */
  readonly streams: ReadonlyMap<string, LogStream>;
  readonly characters: number;
}

interface GrowingGroup extends LogGroup {
  events: LogEvent[];
  readonly streams: Map<string, LogStream>;
  characters: number;
}

/**
 * The newest log lines of functions and containers, by log group. A group that no template creates
 * begins with its first line.
 */
export class LogStore {
  readonly #groups = new Map<string, GrowingGroup>();
  #count = 0;

  /** Keeps a line that belongs to a log group. Others are ignored. */
  add({ at, group: groupName, stream: streamName, text }: LogLine): void {
    if (groupName === undefined || streamName === undefined) return;
    const group = this.#group(groupName, at);
    if (!group) return;
    const stream = group.streams.get(streamName);
    if (stream) stream.lastAt = at;
    else {
      const created = { name: streamName, createdAt: at, firstAt: at, lastAt: at };
      group.streams.set(streamName, created);
    }
    this.#count += 1;
    group.events.push({ number: this.#count, stream: streamName, timestamp: at, message: text });
    group.characters += text.length;
    if (group.events.length > 2 * MAX_LINES || group.characters > 2 * MAX_CHARACTERS)
      shorten(group);
  }

  /**
   * Creates an empty group. A group with this name stays as it is.
   * @param createdAt epoch milliseconds
   */
  create(name: string, createdAt: number): LogGroup {
    const known = this.#groups.get(name);
    if (known) return known;
    const group = { name, createdAt, events: [], streams: new Map(), characters: 0 };
    this.#groups.set(name, group);
    return group;
  }

  #group(name: string, createdAt: number): GrowingGroup | undefined {
    const known = this.#groups.get(name);
    if (known || this.#groups.size >= MAX_GROUPS) return known;
    this.create(name, createdAt);
    return this.#groups.get(name);
  }

  /** All groups, in the order of their creation. */
  groups(): LogGroup[] {
    return [...this.#groups.values()];
  }

  find(name: string): LogGroup | undefined {
    return this.#groups.get(name);
  }
}

/** Drops the oldest lines, and the streams that have none left. */
function shorten(group: GrowingGroup): void {
  let first = group.events.length;
  let characters = 0;
  while (first > 0 && group.events.length - first < MAX_LINES) {
    const length = group.events[first - 1]?.message.length ?? 0;
    if (characters + length > MAX_CHARACTERS) break;
    characters += length;
    first -= 1;
  }
  group.events = group.events.slice(first);
  group.characters = characters;
  const kept = new Set(group.events.map(({ stream }) => stream));
  for (const name of group.streams.keys()) if (!kept.has(name)) group.streams.delete(name);
}
