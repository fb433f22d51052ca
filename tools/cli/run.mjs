/**
 * Launches every npm script: `node tools/cli/run.mjs <script> [arguments]`. Installs missing dependencies, then runs the
 * script's program on the pinned Node 24. Plain JavaScript, because it runs on the machine's Node (20 or newer).
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, pinnedNode, root } from './ensure-installed.mjs';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const NX = 'node_modules/nx/dist/bin/nx.js';

/** Scripts that run their own program, with its first arguments. All other scripts are commands of `main.ts`. */
const PROGRAMS = {
  test: ['tests/run/test.ts'],
  'test:all': ['tests/run/test-all.ts'],
  'test:aws-cli': ['tests/run/test-aws-cli.ts'],
  'test:browser': ['tests/run/test-browser.ts'],
  'test:docker': ['tests/run/test-docker.ts'],
  'test:new-service': ['tests/run/test-new-service.ts'],
  conform: ['tests/run/conform.ts'],
  build: ['tools/build/build.ts'],
  bench: ['tools/comparison/bench/main.ts'],
  'bench:start': ['tools/comparison/bench/start.ts'],
  'bench:pictures': ['tools/comparison/bench/pictures.ts'],
  'new:service': [
    NX,
    'generate',
    '@triptych/cli:service',
    '--skip-project-graph',
    '--no-interactive',
  ],
  asyncapi: ['tools/build/write-asyncapi.ts'],
  'comparison-schema': ['tools/comparison/write-schema.ts'],
  'report-pictures': ['tools/comparison/report-pictures.ts'],
  lint: [BIOME, 'check', '.'],
  format: [BIOME, 'check', '--write', '.'],
};

const [script = '', ...args] = process.argv.slice(2);
const [program, ...first] = PROGRAMS[script] ?? ['tools/cli/main.ts', script];
const file = join(root, program);

ensureInstalled();
if (process.versions.node === pinnedNode().version) {
  process.argv.splice(1, process.argv.length, file, ...first, ...args);
  await import(pathToFileURL(file).href);
} else {
  const child = spawn(pinnedNode().path, [file, ...first, ...args], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both. The child decides when to end; other signals are passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`triptych: cannot start Node 24: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) =>
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0)),
  );
}
