import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';

/** Ends a suite that hangs. Each of its tests has its own bound. */
const DEFAULT_TIMEOUT_MS = 60 * 60_000;

/**
 * Runs a suite for some projects. Its counts go to `dist/test-results`, where `npm test` adds them up.
 * @param options.aside shows the output only at the end, because other suites run at the same time
 * @param options.config another vitest configuration, relative to the repository's root
 * @param options.signal stops the suite
 * @returns whether it passed
 */
export async function runSuite(options: {
  suite: string;
  projects: readonly string[];
  environment: Readonly<Record<string, string>>;
  aside?: boolean;
  config?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}): Promise<boolean> {
  const { suite, projects, environment, aside = false, signal } = options;
  const { config = 'tests/vitest.config.ts', timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const name = `${suite.replaceAll('/', '-')}-${projects.join('-')}`;
  const results = join(repositoryRoot, 'dist/test-results', `${name}.json`);
  const started = performance.now();
  const passed = await runNode(
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...['--config', join(repositoryRoot, config)],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    ],
    {
      cwd: repositoryRoot,
      timeoutMs,
      env: { ...environment, TRIPTYCH_SUITE: suite, TRIPTYCH_PROJECTS: projects.join(',') },
      ...(aside ? { aside: (written) => process.stdout.write(written) } : {}),
      ...(signal ? { signal } : {}),
    },
  );
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return passed;
}
