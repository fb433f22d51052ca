import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';

/**
 * Lists the files that git knows or would add, with `/` in their paths on every system.
 * @param patterns git pathspecs, such as `*.md`; all files without one
 */
export function repositoryFiles(...patterns: string[]): string[] {
  const args = ['ls-files', '-co', '--exclude-standard', ...patterns];
  return execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8', timeout: 60_000 })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(repositoryRoot, file)));
}

/** Reads a file by its path from the repository's root. */
export const read = (file: string): string => readFileSync(join(repositoryRoot, file), 'utf8');
