import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ensure-installed-'));
  await mkdir(join(root, 'scripts'));
  await copyFile(
    join(import.meta.dirname, 'ensure-installed.mjs'),
    join(root, 'scripts/ensure-installed.mjs'),
  );
  await writeFile(join(root, 'package-lock.json'), '{}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** In the place of npm: notes that it began, takes a moment, and installs a Node or fails. */
const npm = (end: string) => `
  const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
  appendFileSync('begun', process.argv[2] + ' ');
  setTimeout(() => { ${end} }, 300);
`;
const works = `
  mkdirSync('node_modules/.bin', { recursive: true });
  for (const name of ['node', 'node.cmd']) writeFileSync('node_modules/.bin/' + name, '');
`;

async function ensure(npmSource = npm(works)) {
  const fake = join(root, 'npm.cjs');
  await writeFile(fake, npmSource);
  const child = spawn(process.execPath, [join(root, 'scripts/ensure-installed.mjs')], {
    env: { ...process.env, npm_execpath: fake },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { stderr, status };
}
const begun = () => readFile(join(root, 'begun'), 'utf8');

it('installs once, however many commands begin at the same time', async () => {
  const ended = await Promise.all([ensure(), ensure(), ensure()]);
  expect(ended.map(({ status }) => status)).toEqual([0, 0, 0]);
  expect(await begun()).toBe('ci ');
  expect(await ensure()).toEqual({ stderr: '', status: 0 });
});

it('installs anew after the lock file has changed', async () => {
  await ensure();
  await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
  await ensure();
  expect(await begun()).toBe('ci ci ');
});

it('says that npm failed, and the next one tries again', async () => {
  const failed = await ensure(npm(`console.error('no network'); process.exit(1);`));
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/no network\n*triptych: npm ci failed \(see above\)/);
  expect((await ensure()).status).toBe(0);
});

it('goes on where an installation was killed', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  await mkdir(join(root, '.triptych'));
  await writeFile(join(root, '.triptych/installing'), String(gone.pid));
  expect((await ensure()).status).toBe(0);
});
