import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { expect, test } from 'vitest';
import { logFolderOf } from '../logs/log-folder.ts';
import { terminalProgress } from './progress.ts';

test.each([
  [4000, 'logs'],
  [9000, 'logs-9000'],
])('a crash of a shop on port %i names the log file in %s', (port, folder) => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(stripVTControlCharacters(line));
  const progress = terminalProgress(print, logFolderOf(repositoryRoot, port));
  progress.crash('triptych-hybrid-auth', 'Service: task ended (137)');
  const file = join(repositoryRoot, '.triptych', folder, 'triptych-hybrid-auth.log');
  expect(lines).toEqual([
    expect.stringContaining(`task ended (137); see ${relative(process.cwd(), file)}`),
  ]);
});
