import { glob, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogEntry, parseLogLine } from './log-entry.ts';

const POLL_MS = 200;

/** The stacks that have a log file in the folder. */
export async function loggedStacks(folder: string): Promise<string[]> {
  const names = await Array.fromAsync(glob('*.log', { cwd: folder })).catch(() => []);
  return names.map((name) => basename(name, '.log')).sort();
}

/** How far a stack's log has been read. `rest` is an incomplete last line. */
interface Position {
  readonly inode: number;
  readonly offset: number;
  readonly rest: Buffer;
}
type Positions = Map<string, Position>;

/** All entries in the folder, ordered by time. */
export function readLogs(folder: string): Promise<LogEntry[]> {
  return readNew(folder, new Map());
}

/**
 * Yields all entries in the folder and then new ones, in batches, until `signal` aborts. Continues after a file is rotated
 * and after the shop restarts. Polls every 200 ms, because file events differ between operating systems.
 */
export async function* followLogs(folder: string, signal: AbortSignal): AsyncGenerator<LogEntry[]> {
  const positions: Positions = new Map();
  while (!signal.aborted) {
    const found = await readNew(folder, positions);
    if (found.length > 0) yield found;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function readNew(folder: string, positions: Positions): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (const stack of await loggedStacks(folder)) {
    for (const line of (await readStack(folder, stack, positions)).split('\n')) {
      const entry = parseLogLine(stack, line);
      if (entry) entries.push(entry);
    }
  }
  return entries.sort((a, b) => a.at - b.at);
}

/** The complete new lines of a stack's log. After a rotation, the rest of the old file comes first. */
async function readStack(folder: string, stack: string, positions: Positions): Promise<string> {
  const known = positions.get(stack);
  const path = join(folder, `${stack}.log`);
  const current = await readFrom(path, known);
  if (!current) return '';
  const rotated = known?.inode !== current.inode;
  const older = rotated ? await readFrom(`${path}.1`, known) : undefined;
  const isOurs = older && (!known || older.inode === known.inode);
  const rest = known && (!rotated || isOurs) ? known.rest : Buffer.alloc(0);
  const all = Buffer.concat([rest, ...(isOurs ? [older.bytes] : []), current.bytes]);
  const end = all.lastIndexOf('\n') + 1;
  positions.set(stack, { ...current, rest: all.subarray(end) });
  return all.subarray(0, end).toString();
}

/** The bytes after the known position, or the whole file when another file has taken its name. */
async function readFrom(path: string, known: Position | undefined) {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { ino: inode, size } = await file.stat();
    const from = known?.inode === inode && known.offset <= size ? known.offset : 0;
    const bytes = Buffer.alloc(size - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return { inode, offset: from + bytesRead, bytes: bytes.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
