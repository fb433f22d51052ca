import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PORT } from '@triptych/base/variants';

/**
 * The folder of a shop's logs. A shop on other ports has its own, because two shops must not write to the same files.
 * @param port the port of its control API
 */
export function logFolderOf(root: string, port: number): string {
  return join(root, '.triptych', port === DEFAULT_PORT ? 'logs' : `logs-${port}`);
}

/** The log folder that was written to last, on whichever port; undefined when there is none. */
export async function newestLogFolder(root: string): Promise<string | undefined> {
  const parent = join(root, '.triptych');
  const files = await Array.fromAsync(glob('logs{,-*}/*.log', { cwd: parent })).catch(() => []);
  const dated = await Promise.all(
    files.map(async (file) => ({ file, at: (await stat(join(parent, file))).mtimeMs })),
  );
  const newest = dated.sort((a, b) => b.at - a.at)[0];
  return newest && join(parent, newest.file, '..');
}
