// Runs before every command, on whatever Node the machine has (20 or newer): installs the exact
// dependencies, among them the Node 24 that everything else runs on, when they are missing or stale.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const timeoutMs = 15 * 60_000;
const stamp = join(root, 'node_modules', '.triptych-installed');
const pinnedNode = join(
  root,
  'node_modules',
  '.bin',
  process.platform === 'win32' ? 'node.cmd' : 'node',
);

function fail(message) {
  process.stderr.write(`triptych: ${message}\n`);
  process.exit(1);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer from nodejs.org.`);
}

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex');
const isInstalled = () =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode);

/** Not in node_modules, which an installation empties first. */
const lock = join(root, '.triptych', 'installing');

/** Two installations in one folder would empty it for each other, so there is one at a time. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  for (const since = Date.now(); Date.now() - since < timeoutMs; pause(200)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!ownerLives()) rmSync(lock, { force: true });
  }
  fail(`another installation goes on for too long: end it, or remove ${lock}.`);
}

function ownerLives() {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // Not written yet: it has only just come.
    if (owner > 0) process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function install() {
  process.stderr.write('Installing dependencies (once; about a minute) …\n');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(
    command,
    [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8', timeout: timeoutMs },
  );
  if (result.status !== 0) {
    const text = `${result.stderr ?? ''}${result.error?.message ?? ''}`;
    if (text.includes('ENOSPC'))
      fail('the disk is full: free about 1 GB and run the command again.');
    process.stderr.write(text);
    fail('npm ci failed (see above): mend that and run the command again.');
  }
  if (!existsSync(pinnedNode)) {
    fail(
      'npm did not link Node 24: run `npm ci` with install scripts allowed (ignore-scripts=false).',
    );
  }
  writeFileSync(stamp, wanted);
}

if (!isInstalled()) {
  takeLock();
  // However it ends, `fail` too.
  process.once('exit', () => rmSync(lock, { force: true }));
  // Somebody else may have done it meanwhile.
  if (!isInstalled()) install();
}
