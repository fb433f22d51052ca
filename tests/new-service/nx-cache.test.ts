import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INPUT_EXAMPLES } from '../architecture/support/input-examples.ts';
import { repositoryFiles } from '../architecture/support/repository-files.ts';
import { copyOfRepository, type RepositoryCopy } from '../cli/support/copy-of-repository.ts';

const NX_TIMEOUT_MS = 5 * 60_000;

/** Every example's task. */
const tasks = [...new Set(INPUT_EXAMPLES.map(([task]) => task))];

let copy: RepositoryCopy;
const inCopy = (...path: string[]) => join(copy.folder, ...path);

beforeAll(async () => {
  const copied = /^(apps|libs|infra|tools)\//;
  copy = await copyOfRepository(repositoryFiles('**').filter((file) => !copied.test(file)));
  spawnSync('git', ['init', '--quiet'], { cwd: copy.folder, timeout: 60_000 });
  // Nx's own folder, which is not an input of any task.
  mkdirSync(inCopy('.nx'));
  replaceCommands();
  expect(ran(tasks).toSorted()).toEqual(tasks.toSorted());
}, NX_TIMEOUT_MS);
afterAll(() => copy?.remove());

/** Every task only writes down its name, because whether Nx runs a task does not depend on what the task does. */
function replaceCommands(): void {
  const command = `node --eval "fs.appendFileSync('.nx/ran', '{projectName}:TARGET ')"`;
  const files = ['nx.json', ...repositoryFiles('**/project.json')];
  for (const file of files) {
    const json = JSON.parse(readFileSync(inCopy(file), 'utf8'));
    for (const [name, target] of Object.entries(json.targets ?? json.targetDefaults)) {
      const own = target as { command?: string; outputs?: string[] };
      if (own.command) own.command = command.replace('TARGET', name);
      delete own.outputs;
    }
    writeFileSync(inCopy(file), JSON.stringify(json));
  }
}

/** Runs tasks with Nx. @returns those of them that Nx did not read from its cache */
function ran(wanted: readonly string[], env: Readonly<Record<string, string>> = {}): string[] {
  writeFileSync(inCopy('.nx/ran'), '');
  for (const target of new Set(wanted.map((task) => task.split(':')[1] ?? ''))) {
    const projects = wanted
      .filter((task) => task.endsWith(`:${target}`))
      .map((task) => task.split(':')[0]);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        'node_modules/nx/dist/bin/nx.js',
        'run-many',
        '--target',
        target,
        '--projects',
        projects.join(),
      ],
      {
        cwd: copy.folder,
        encoding: 'utf8',
        timeout: NX_TIMEOUT_MS,
        env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', ...env },
      },
    );
    expect({ status, output: `${stdout}\n${stderr}` }).toMatchObject({ status: 0 });
  }
  const names = readFileSync(inCopy('.nx/ran'), 'utf8').trim().split(' ');
  return wanted.filter((task) => names.includes(task));
}

test('unchanged tasks are read from the cache', () => {
  expect(ran(tasks)).toEqual([]);
});

test.each(INPUT_EXAMPLES)('%s runs again after a change of %s', (task, file) => {
  expect(existsSync(inCopy(file))).toBe(true);
  const before = readFileSync(inCopy(file));
  appendFileSync(inCopy(file), file.endsWith('.json') ? ' ' : '\n');
  try {
    expect(ran([task])).toEqual([task]);
  } finally {
    writeFileSync(inCopy(file), before);
  }
});

test('infra:build runs again after a change of a setting', () => {
  expect(ran(['infra:build'], { TRIPTYCH_CDN: 'off' })).toEqual(['infra:build']);
});
