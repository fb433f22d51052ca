// Runs before every command, on whatever Node the machine has (20 or newer): installs the exact
// dependencies, among them the Node 24 that everything else runs on, when they are missing or stale.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
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
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

if (!installed || !existsSync(pinnedNode)) {
  process.stderr.write('Installing dependencies (once; about a minute) …\n');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(
    command,
    [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'pipe'],
      encoding: 'utf8',
      timeout: 15 * 60_000,
    },
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
