import { glob, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogEntry, parseLogLine } from './log-entry.ts';

const pollMs = 200;

/** The stacks that have a log in this folder. */
export async function loggedStacks(folder: string): Promise<string[]> {
  const names = await Array.fromAsync(glob('*.log', { cwd: folder })).catch(() => []);
  return names.map((name) => basename(name, '.log')).sort();
}

/** How far a stack's log has been read; `rest` is a line whose end is not written yet. */
interface Position {
  readonly inode: number;
  readonly offset: number;
  readonly rest: Buffer;
}
type Positions = Map<string, Position>;

/** Everything the folder holds, in the order in which it was written. */
export function readLogs(folder: string): Promise<LogEntry[]> {
  return readOn(folder, new Map());
}

/**
 * What the folder holds and then what is written, in batches, until the signal ends it; survives the turnover of a
 * file and the next start. Looks every 200 ms: file events differ from system to system.
 */
export async function* followLogs(folder: string, signal: AbortSignal): AsyncGenerator<LogEntry[]> {
  const positions: Positions = new Map();
  while (!signal.aborted) {
    const found = await readOn(folder, positions);
    if (found.length > 0) yield found;
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function readOn(folder: string, positions: Positions): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (const stack of await loggedStacks(folder)) {
    for (const line of (await readStack(folder, stack, positions)).split('\n')) {
      const entry = parseLogLine(stack, line);
      if (entry) entries.push(entry);
    }
  }
  return entries.sort((a, b) => a.at - b.at);
}

/** The whole lines that a stack's log has gained: when its file was turned over, the old one's end comes first. */
async function readStack(folder: string, stack: string, positions: Positions): Promise<string> {
  const known = positions.get(stack);
  const path = join(folder, `${stack}.log`);
  const current = await readFrom(path, known);
  if (!current) return '';
  const turnedOver = known?.inode !== current.inode;
  const older = turnedOver ? await readFrom(`${path}.1`, known) : undefined;
  const isOurs = older && (!known || older.inode === known.inode);
  const rest = known && (!turnedOver || isOurs) ? known.rest : Buffer.alloc(0);
  const all = Buffer.concat([rest, ...(isOurs ? [older.bytes] : []), current.bytes]);
  const end = all.lastIndexOf('\n') + 1;
  positions.set(stack, { ...current, rest: all.subarray(end) });
  return all.subarray(0, end).toString();
}

/** A file's bytes from where it was left; from its start when it is another one under the same name. */
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
