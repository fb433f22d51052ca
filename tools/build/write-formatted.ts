import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';

const FORMAT_TIMEOUT_MS = 30_000;

/**
 * Writes a value as JSON, formatted as `npm run lint` expects it.
 * @param file path relative to the repository root
 * @throws Error when the formatter fails
 */
export function writeFormattedJson(file: string, value: unknown): void {
  writeFileSync(join(repositoryRoot, file), `${JSON.stringify(value, null, 2)}\n`);
  const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const { status } = spawnSync(process.execPath, [biome, 'format', '--write', file], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: FORMAT_TIMEOUT_MS,
  });
  if (status !== 0) throw new Error(`Biome could not format ${file}.`);
}
