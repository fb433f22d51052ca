import { join } from 'node:path';
import { Writable } from 'node:stream';
import { repositoryRoot } from '@triptych/base/repository-root';
import { oneLine } from '@triptych/base/user-error';
import { COORDINATIONS } from '@triptych/context-map';
import { createVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node';
import { NOT_COORDINATED } from '../../run/not-coordinated.ts';
import type { JudgedShop } from '../../run/start-judged-shop.ts';

const [BY_EVENTS] = COORDINATIONS;
const isCoordinated = (process.env.TRIPTYCH_CHECKOUT ?? BY_EVENTS) !== BY_EVENTS;

/** The suites whose checks may notice that a statement is missing, the cheapest first. */
const SUITES = ['grants', 'conformance', 'faults', ...(isCoordinated ? ['coordinator'] : [])];

/** Files that say nothing about one statement. */
const LEFT_OUT = [
  // It needs the counts of a whole run.
  'grants/used-grants',
  ...(isCoordinated ? NOT_COORDINATED : []),
];

/** Ends a test that hangs. */
const HANG_MS = 600_000;

/** The result of one file of checks. */
export interface CheckResult {
  /** The first check that failed, as `file > title`. */
  readonly failure?: string;
  /** The number of checks that ended. */
  readonly ended: number;
  readonly ms: number;
}

/** How a file is run. */
export interface CheckOptions {
  /** The pauses between polls in total (default: those of the suite). */
  readonly polledMs?: number;
  /** Only the check that failed before, by {@link CheckResult.failure}. */
  readonly only?: string;
}

/** The checks of the suites against one shop. */
export interface Checks {
  /** Names such as `conformance/order`. */
  readonly files: readonly string[];
  /** Runs a file until its first check fails. */
  run(file: string, options?: CheckOptions): Promise<CheckResult>;
  close(): Promise<void>;
}

/**
 * Opens the suites in this process, so that the hundreds of runs of `npm run test:grants` transform each file only once.
 * @param seed the seed of the random choices, which is part of some titles
 */
export async function openChecks(shop: JudgedShop, seed: number): Promise<Checks> {
  const watch = new FirstFailure();
  const vitest = await createVitest(
    { config: false, root: join(repositoryRoot, 'tests'), watch: false, reporters: [watch] },
    { test: { projects: SUITES.map((suite) => projectOf(suite, shop, seed)), maxWorkers: 1 } },
    { stdout: nowhere(), stderr: nowhere() },
  );
  watch.vitest = vitest;
  const found = await vitest.globTestSpecifications();
  const byName = new Map(found.map((one) => [nameOf(one.moduleId), one]));
  return {
    files: [...byName.keys()].filter((name) => !LEFT_OUT.includes(name)).sort(bySuite),
    async run(file, { polledMs, only } = {}) {
      const specification = byName.get(file);
      if (!specification) throw new Error(`There is no file of checks "${file}".`);
      const { env } = specification.project.config;
      if (polledMs === undefined) delete env.TRIPTYCH_POLLED_MS;
      else env.TRIPTYCH_POLLED_MS = String(polledMs);
      if (only === undefined) vitest.resetGlobalTestNamePattern();
      else vitest.setGlobalTestNamePattern(patternOf(only));
      const startedAt = performance.now();
      watch.begin(file);
      await vitest.runTestSpecifications([specification]);
      return { ...watch.end(), ms: performance.now() - startedAt };
    },
    close: () => vitest.close(),
  };
}

/** The settings of tests/vitest.config.ts, for a runner that stays open. */
function projectOf(suite: string, { environment, variant }: JudgedShop, seed: number) {
  const prefix = `TRIPTYCH_${variant.toUpperCase()}_`;
  const own = Object.entries(environment).map(([key, value]) => [
    key.replace(prefix, 'TRIPTYCH_'),
    value,
  ]);
  return {
    test: {
      name: suite,
      root: join(repositoryRoot, 'tests'),
      include: [`${suite}/*.test.ts`],
      ...{ testTimeout: HANG_MS, hookTimeout: HANG_MS },
      sequence: { concurrent: suite === 'conformance' },
      isolate: false,
      // A thread starts sooner than a process, and each run starts one.
      pool: 'threads' as const,
      env: { ...Object.fromEntries(own), TRIPTYCH_SEED: String(seed) },
    },
  };
}

/** Remembers the first check that fails in a run, and cancels the rest of the run. */
class FirstFailure {
  vitest: Vitest | undefined;
  #file = '';
  #failure: string | undefined;
  #ended = 0;

  begin(file: string): void {
    this.#file = file;
    this.#failure = undefined;
    this.#ended = 0;
  }

  end(): Pick<CheckResult, 'failure' | 'ended'> {
    const failure = this.#failure === undefined ? {} : { failure: this.#failure };
    return { ...failure, ended: this.#ended };
  }

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    if (state === 'skipped' || state === 'pending') return;
    this.#ended += 1;
    if (state === 'failed') this.#fail(test.fullName);
  }

  onTestModuleEnd(module: TestModule): void {
    const [error] = module.errors();
    if (error) this.#fail(`set-up: ${oneLine(error)}`);
  }

  #fail(name: string): void {
    if (this.#failure !== undefined) return;
    this.#failure = `${this.#file} > ${name}`;
    void this.vitest?.cancelCurrentRun('test-failure');
  }
}

function nameOf(path: string): string {
  return path.split('/').slice(-2).join('/').replace('.test.ts', '');
}

function bySuite(a: string, b: string): number {
  const rank = (name: string) => SUITES.findIndex((suite) => name.startsWith(suite));
  return rank(a) - rank(b) || a.localeCompare(b);
}

/** Matches the check by its titles, which Vitest joins by spaces. A failed set-up has no title. */
function patternOf(failure: string): RegExp {
  const titles = failure.split(' > ').slice(1);
  if (titles[0]?.startsWith('set-up: ')) return /(?:)/;
  const escaped = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('(?: > | )')}$`);
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
