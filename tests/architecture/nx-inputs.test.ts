import { execFileSync } from 'node:child_process';
import { dirname, join, posix, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { slashedPath } from '@triptych/base/slashed-path';
import { BUILT_APPS, deployables } from '@triptych/build/build';
import { artifactOf, descriptionOf } from '@triptych/build/bundle';
import { describe, expect, test } from 'vitest';
import { importedBy, sources } from './support/imports.ts';
import { INPUT_EXAMPLES } from './support/input-examples.ts';
import { read, repositoryFiles } from './support/repository-files.ts';

/** What Nx hashes for a task. A change of anything else leaves the task in the cache. */
interface Inputs {
  readonly files: readonly string[];
  readonly environment: readonly string[];
}

const program = join(import.meta.dirname, 'support/print-nx-inputs.mjs');
const printed = execFileSync(process.execPath, [program], {
  cwd: repositoryRoot,
  env: { ...process.env, NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' },
  encoding: 'utf8',
  maxBuffer: 128 * 1024 ** 2,
  timeout: 120_000,
});
const tasks = new Map(Object.entries(JSON.parse(printed) as Record<string, Inputs>));
const filesOf = (task: string) => new Set(tasks.get(task)?.files);
const ofTarget = (target: string) =>
  [...tasks.keys()].filter((task) => task.endsWith(`:${target}`));

/** The projects' folders by name. */
const folders = new Map(
  repositoryFiles('**/project.json').map((file) => {
    const { name } = JSON.parse(read(file)) as { name: string };
    return [name, dirname(file)];
  }),
);
const folderOf = (task: string) => folders.get(task.split(':', 1)[0] ?? '') ?? '?';

describe.each([...ofTarget('typecheck'), ...ofTarget('test')])('%s', (task) => {
  test('has every imported source as an input', () => {
    const own = sources.filter((file) => file.startsWith(`${folderOf(task)}/`));
    expect(own.length).toBeGreaterThan(0);
    const known = filesOf(task);
    expect([...importedBy(own)].filter((file) => !known.has(file))).toEqual([]);
  });
});

test.each(INPUT_EXAMPLES)('%s has %s as an input', (task, file) => {
  expect(filesOf(task).has(file), `${file} is not an input of ${task}`).toBe(true);
});

test.each(BUILT_APPS)('the build of %s caches every artifact and its description', async (app) => {
  const project = JSON.parse(read(`apps/${app}/project.json`));
  const outputs: string[] = project.targets.build.outputs;
  const kept = outputs.map((output) => output.replace('{workspaceRoot}/', ''));
  const isKept = (file: string) =>
    kept.some((output) => posix.matchesGlob(file, output) || file.startsWith(`${output}/`));
  const written = (await deployables([app])).flatMap((deployable) => [
    artifactOf(deployable, repositoryRoot),
    slashedPath(relative(repositoryRoot, descriptionOf(deployable, repositoryRoot))),
  ]);
  expect(written).not.toEqual([]);
  expect(written.filter((file) => !isKept(file))).toEqual([]);
});

test.each(['infra:build', 'infra:test'])('%s depends on every setting of the templates', (task) => {
  const files = repositoryFiles('infra/*settings.ts').map((file) => read(file));
  const settings = new Set(files.join('\n').match(/TRIPTYCH_[A-Z0-9_]*[A-Z0-9]/g));
  expect(settings.size).toBeGreaterThan(10);
  const known = tasks.get(task)?.environment ?? [];
  expect([...settings].filter((name) => !known.includes(name))).toEqual([]);
});
