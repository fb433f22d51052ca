import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import type { EmulatorName } from './start-emulator.ts';

/** The first heading of the tables of stacks in docs/aws.md. */
export type StackTable = 'stack' | 'stack with Web Functions';

/**
 * Reads an emulator's column of a table in docs/aws.md.
 * @returns `yes`, or `no: ` and the reason, by stack
 * @throws Error when there is no such table
 */
export async function stackTable(
  emulator: EmulatorName,
  table: StackTable = 'stack',
): Promise<Record<string, string>> {
  const text = await readFile(join(repositoryRoot, 'docs/aws.md'), 'utf8');
  const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const start = rows.findIndex((cells) => cells[1] === table && cells.includes(emulator));
  if (start < 0) throw new Error(`docs/aws.md has no table of "${table}" with ${emulator}`);
  const column = rows[start]?.indexOf(emulator) ?? 0;
  const end = rows.findIndex((cells, number) => number > start && cells.length === 1);
  return Object.fromEntries(
    rows.slice(start + 2, end).map((cells) => [cells[1]?.replaceAll('`', ''), cells[column]]),
  );
}
