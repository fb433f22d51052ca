import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { lockWith, tarballOf, writeTarballs } from './testing/tarballs.mts';

/** Holds the tarballs of sample packages. npm takes a second to pack them. */
let samples: string;
beforeAll(async () => {
  samples = await mkdtemp(join(tmpdir(), 'ensure-installed-samples-'));
  await writeTarballs(samples, ['node', 'kept', 'removed', 'added']);
});
afterAll(() => rm(samples, { recursive: true, force: true }));

/** Copies the tarballs of these packages into the root. */
const copyTarballs = (names: readonly string[]) =>
  Promise.all(names.map(tarballOf).map((file) => copyFile(join(samples, file), join(root, file))));

let root: string;
const program = () => join(root, 'tools/cli/ensure-installed.mjs');
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ensure-installed-'));
  await mkdir(join(root, 'tools/cli'), { recursive: true });
  await copyFile(join(import.meta.dirname, 'ensure-installed.mjs'), program());
  await writeFile(join(root, 'package-lock.json'), '{}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Stands in for npm: records that it started, takes a moment, and then installs a Node or fails. */
const npm = (end: string) => `
  const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
  appendFileSync('begun', process.argv[2] + ' ');
  setTimeout(() => { ${end} }, 300);
`;
const works = `
  mkdirSync('node_modules/node/bin', { recursive: true });
  for (const name of ['node', 'node.exe']) writeFileSync('node_modules/node/bin/' + name, '');
`;

async function ensure(npmSource = npm(works), env: Record<string, string> = {}) {
  const fake = join(root, 'npm.cjs');
  await writeFile(fake, npmSource);
  return ensureWith({ npm_execpath: fake, ...env });
}

async function ensureWith(env: Record<string, string | undefined>) {
  const source = `import { ensureInstalled } from ${JSON.stringify(pathToFileURL(program()).href)}; ensureInstalled();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    // npm passes its settings on to what it starts, and those of `npm test` must not count here.
    env: { ...process.env, npm_config_ignore_scripts: undefined, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { stderr, status };
}
const begun = () => readFile(join(root, 'begun'), 'utf8');

it('installs once when several commands start at the same time', async () => {
  const ended = await Promise.all([ensure(), ensure(), ensure()]);
  expect(ended.map(({ status }) => status)).toEqual([0, 0, 0]);
  expect(await begun()).toBe('ci ');
  expect(await ensure()).toEqual({ stderr: '', status: 0 });
});

it('updates only what differs after the lock file has changed', async () => {
  await ensure();
  await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
  expect(await ensure()).toMatchObject({ status: 0 });
  expect(await begun()).toBe('ci install ');
  expect(await ensure()).toEqual({ stderr: '', status: 0 });
});

it('installs everything when an update fails', async () => {
  await ensure();
  await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
  const failing = npm(`if (process.argv[2] === 'install') process.exit(1); ${works}`);
  expect(await ensure(failing)).toMatchObject({ status: 0 });
  expect(await begun()).toBe('ci install ci ');
});

it.each([
  ['was interrupted', async () => rm(join(root, 'node_modules/.triptych-installed'))],
  [
    'is for another system',
    async () => writeFile(join(root, 'node_modules/.triptych-installed'), 'other-x64 0'),
  ],
])('installs everything when the installation %s', async (_what, spoil) => {
  await ensure();
  await spoil();
  await ensure();
  expect(await begun()).toBe('ci ci ');
});

it('with the real npm, keeps unchanged packages and removes those that are gone', {
  timeout: 180_000,
}, async () => {
  await copyTarballs(['node', 'kept', 'removed', 'added']);
  const settings = { npm_execpath: undefined, npm_config_offline: 'true' };
  await lockWith(root, ['node', 'kept', 'removed']);
  expect(await ensureWith(settings)).toMatchObject({ status: 0 });
  const before = await stat(join(root, 'node_modules/kept/package.json'));
  await lockWith(root, ['node', 'kept', 'added']);
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  const updated = await ensureWith(settings);
  expect(updated.status, updated.stderr).toBe(0);
  expect(updated.stderr).toContain('Updating the dependencies that changed');
  expect(
    (await readdir(join(root, 'node_modules'))).filter((name) => !name.startsWith('.')),
  ).toEqual(['added', 'kept', 'node']);
  const after = await stat(join(root, 'node_modules/kept/package.json'));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(await readFile(join(root, 'package-lock.json'), 'utf8')).toBe(lock);
});

it.each([
  ['NODE_ENV', 'production'],
  ['npm_config_omit', 'dev'],
])(
  'with the real npm, installs the tools under %s=%s',
  {
    timeout: 180_000,
  },
  async (name, value) => {
    await copyTarballs(['node']);
    await lockWith(root, ['node']);
    const settings = { npm_execpath: undefined, npm_config_offline: 'true', [name]: value };
    const installed = await ensureWith(settings);
    expect(installed.status, installed.stderr).toBe(0);
    expect(await readdir(join(root, 'node_modules/node/bin'))).toContain('node');
  },
);

it('says at once that npm must not ignore install scripts', async () => {
  const { status, stderr } = await ensureWith({ npm_config_ignore_scripts: 'true' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: .*ignore-scripts.*--ignore-scripts=false.*\n$/);
});

it('passes --ignore-scripts=false on, which npm hands to a script as an empty variable', async () => {
  const strict = npm(
    `if (!process.argv.includes('--ignore-scripts=false')) process.exit(1); ${works}`,
  );
  expect(await ensure(strict, { npm_config_ignore_scripts: '' })).toMatchObject({ status: 0 });
});

it('updates an installation although npm ignores install scripts', async () => {
  await ensure();
  await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
  expect(await ensure(npm(works), { npm_config_ignore_scripts: 'true' })).toMatchObject({
    status: 0,
  });
});

it('reports that npm failed, and the next command retries', async () => {
  const failed = await ensure(npm(`console.error('no network'); process.exit(1);`));
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/no network\n*triptych: npm ci failed \(see above\)/);
  expect((await ensure()).status).toBe(0);
});

it('ignores the lock of an installation that was killed', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  await mkdir(join(root, '.triptych'));
  await writeFile(join(root, '.triptych/installing'), String(gone.pid));
  expect((await ensure()).status).toBe(0);
});
