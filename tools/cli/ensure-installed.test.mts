import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

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

async function ensure(npmSource = npm(works)) {
  const fake = join(root, 'npm.cjs');
  await writeFile(fake, npmSource);
  const source = `import { ensureInstalled } from ${JSON.stringify(pathToFileURL(program()).href)}; ensureInstalled();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    env: { ...process.env, npm_execpath: fake },
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

it('reinstalls after the lock file has changed', async () => {
  await ensure();
  await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
  await ensure();
  expect(await begun()).toBe('ci ci ');
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
