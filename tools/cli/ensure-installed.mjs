/**
 * Installs the locked dependencies when they are missing or stale, among them the Node 24 that everything else runs on.
 * Plain JavaScript without dependencies, because it runs on whatever Node the machine has (20 or newer).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const SCRIPTS_IGNORED =
  "npm's setting ignore-scripts prevents the installation of Node 24: run the command again with --ignore-scripts=false.";
const TIMEOUT_MS = 15 * 60_000;
const LOCK_POLL_MS = 200;
const OLDEST_NODE = 20;
const isWindows = process.platform === 'win32';
const nodeFolder = join(root, 'node_modules/node');
/** Holds the {@link stampOf} the lockfile that is installed. */
export const stamp = join(root, 'node_modules/.triptych-installed');
/** Outside node_modules, which an installation empties first. */
const lock = join(root, '.triptych/installing');

/** The Node that package.json pins. Call it only after {@link ensureInstalled}. */
export function pinnedNode() {
  const { version } = JSON.parse(readFileSync(join(nodeFolder, 'package.json'), 'utf8'));
  return { path: nodePath, version };
}
const nodePath = join(nodeFolder, 'bin', isWindows ? 'node.exe' : 'node');

/** Ends the process with a one-line message when this Node is too old or the installation fails. */
export function ensureInstalled() {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) < OLDEST_NODE) {
    fail(`Node ${node} is too old: install Node ${OLDEST_NODE} or newer from nodejs.org.`);
  }
  const wanted = stampOf(readFileSync(join(root, 'package-lock.json')));
  const isInstalled = () =>
    existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(nodePath);
  if (isInstalled()) return;
  takeLock();
  // `fail` ends the process, so a `finally` would not run.
  process.once('exit', releaseLock);
  // Another process may have installed everything while this one waited for the lock.
  if (!isInstalled()) install(wanted);
  process.off('exit', releaseLock);
  releaseLock();
}

/** The system that native packages are installed for. */
const system = `${process.platform}-${process.arch}`;

/** Identifies an installation: the system that its native packages are for, and the lockfile. */
export function stampOf(lockfile) {
  return `${system} ${createHash('sha256').update(lockfile).digest('hex')}`;
}

/** Two installations in one folder would delete each other's files, so only one runs at a time. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  for (const since = Date.now(); Date.now() - since < TIMEOUT_MS; pause(LOCK_POLL_MS)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!ownerLives()) releaseLock();
  }
  fail(`another installation has not finished after 15 minutes: stop it, or delete ${lock}.`);
}

function releaseLock() {
  rmSync(lock, { force: true });
}

function ownerLives() {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // An empty file means that the owner has created it and not yet written its process id.
    if (owner > 0) process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * Installs what the lockfile names. `npm ci` deletes node_modules first, which takes minutes, so it is for a fresh checkout
 * and for an installation that was interrupted. After a change of the lockfile, `npm install` adds, replaces and removes
 * only the packages that differ. `--no-save` keeps it from writing the lockfile.
 */
function install(wanted) {
  const isComplete = existsSync(stamp) && readFileSync(stamp, 'utf8').startsWith(`${system} `);
  // If this process is killed, the next one finds no stamp and starts from nothing.
  rmSync(stamp, { force: true });
  const isUpdate = isComplete && existsSync(nodePath);
  if (isUpdate) {
    process.stderr.write('Updating the dependencies that changed …\n');
    const updated = runNpm('install', '--no-save', '--prefer-offline');
    if (updated.status === 0 && existsSync(nodePath)) return writeFileSync(stamp, wanted);
  }
  assertScriptsAllowed();
  process.stderr.write(
    isUpdate
      ? 'The update failed. Installing everything …\n'
      : 'Installing dependencies (about a minute) …\n',
  );
  const result = runNpm('ci');
  if (result.status !== 0) {
    const text = `${result.stderr ?? ''}${result.error?.message ?? ''}`;
    if (text.includes('ENOSPC')) {
      fail('the disk is full: free about 1 GB and run the command again.');
    }
    process.stderr.write(text);
    fail('npm ci failed (see above): fix the cause and run the command again.');
  }
  if (!existsSync(nodePath)) fail(SCRIPTS_IGNORED);
  writeFileSync(stamp, wanted);
}

/** npm passes its own settings on to a script in the environment. Asked here, because an installation takes a minute. */
function assertScriptsAllowed() {
  if (process.env.npm_config_ignore_scripts === 'true') fail(SCRIPTS_IGNORED);
}

function runNpm(...words) {
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : [isWindows ? 'npm.cmd' : 'npm', []];
  // npm (11.19) passes `--ignore-scripts=false` on as an empty variable, which the next npm does not read.
  const allowed = process.env.npm_config_ignore_scripts === '' ? ['--ignore-scripts=false'] : [];
  return spawnSync(
    command,
    // The tools are development dependencies: NODE_ENV=production and omit=dev must not leave them out.
    [...args, ...words, ...allowed, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'pipe'],
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      shell: isWindows && !npm,
    },
  );
}

function fail(message) {
  process.stderr.write(`triptych: ${message}\n`);
  process.exit(1);
}
