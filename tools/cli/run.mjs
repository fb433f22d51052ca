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
  'test:templates': ['tests/run/test-templates.ts'],
  'test:browser': ['tests/run/test-browser.ts'],
  'test:docker': ['tests/run/test-docker.ts'],
  'test:checkout': ['tests/run/test-checkout.ts'],
  'test:web-functions': ['tests/run/test-web-functions.ts'],
  'test:new-service': ['tests/run/test-new-service.ts'],
  'test:grants': ['tests/run/test-grants.ts'],
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

/** The help of scripts whose program has none of its own. */
const USAGES = {
  test: 'npm test\n\nRuns everything that needs Node alone: lint, types, unit, contract and architecture tests, and the suites\nthat test the three running variants.',
  'test:all':
    'npm run test:all\n\nRuns npm test, test:checkout, test:web-functions, test:new-service, test:aws-cli, test:templates, test:browser and test:docker.',
  'test:browser': "npm run test:browser\n\nTests the comparison's report in an installed Chromium.",
  'test:docker':
    'npm run test:docker -- [contracts|conformance|faults|recovery …] [--only <variant>,…]\n\nRuns the tests that need Docker.',
  'test:web-functions':
    'npm run test:web-functions -- [conformance|attacks|trace|faults|grants …]\n\nTests serverless with its HTTP in Lambda Web Functions.',
  'test:checkout':
    'npm run test:checkout -- [conformance|attacks|faults|coordinator|grants …]\n\nTests serverless with each coordinator of checkouts that TRIPTYCH_CHECKOUT selects.',
  'test:grants':
    'npm run test:grants -- [--only <variant>,…] [--sample n] [--seed n] [--match <text>] [--actions]\n\nWithdraws one statement of the templates after the other, and sees a check fail by name.',
  'test:new-service':
    'npm run test:new-service\n\nAdds a service to a copy of the repository, and runs it in all three variants.',
  build:
    'npm run build -- [app …] [--force] [--quiet]\n\nBuilds the artifacts of the apps into dist/apps, unless they are up to date.',
  bench:
    'npm run bench -- [--quick] [--only <names>] [--rounds n] [--share 0..1] [--json <file>]\n\nMeasures parts of the shop against simpler programs.',
  'bench:start':
    'npm run bench:start -- [--runs 5] [--port 20000]\n\nMeasures how long the shop takes to become ready, and its memory.',
  asyncapi: 'npm run asyncapi\n\nWrites docs/asyncapi.json from the schemas of the events.',
  'comparison-schema':
    "npm run comparison-schema\n\nWrites docs/comparison-data.schema.json, the schema of a report's data.json.",
  'report-pictures':
    'npm run report-pictures -- [folder]\n\nTakes screenshots of a report (default: docs/sample-report). Needs an installed Chromium.',
};

const [script = '--help', ...args] = process.argv.slice(2);
const usage = USAGES[script];
if (usage && args.some((arg) => arg === '--help' || arg === '-h')) {
  process.stdout.write(`Usage: ${usage}\n`);
  process.exit(0);
}
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
