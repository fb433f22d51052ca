import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import type { VitestReport } from '@triptych/build/test-results';
import { localSettings } from '@triptych/shop/control/conformance-settings';
import { PartFindings } from '../../data/index.ts';
import type { ComparedTarget, MeasurePart } from '../part.ts';
import { functionsLast, ownShareMs } from './own-share.ts';
import { withSandboxLimits } from './sandbox-limits.ts';

/** Time reserved for each later target. Fast targets need little more, and slow ones get the remainder. */
const RESERVED_MS = 34_000;
/** The limit that the suite also has outside a comparison. More sandboxes cost start-up time and show nothing new. */
const SANDBOX_LIMITS = { maxSandboxes: 2 };
const SUITE_FOLDER = join(repositoryRoot, 'tests/conformance');
/** The files of a quick run: a customer's requests, an operator's requests, and rejected requests. */
const QUICK_FILES = ['browse', 'manage-catalog', 'request-bodies'];

/** Runs the conformance suite against each target. */
export const measureBehaviour: MeasurePart = async (context) => {
  const findings = new PartFindings('behaviour');
  const { mode, signal, progress } = context;
  const until = performance.now() + context.limitMs;
  const all = (await readdir(SUITE_FOLDER)).filter((name) => name.endsWith('.test.ts')).sort();
  const files =
    mode === 'full'
      ? all
      : all.filter((name) => QUICK_FILES.includes(name.replace('.test.ts', '')));
  const folder = await mkdtemp(join(tmpdir(), 'triptych-behaviour-'));
  const targets = functionsLast(context.targets);
  try {
    const judgeOne = async (target: ComparedTarget, timeoutMs: number) => {
      const result = await withSandboxLimits([target], SANDBOX_LIMITS, () =>
        judge(target, { files, folder, timeoutMs, signal }),
      );
      add(findings, target, { result, files, all, timeoutMs });
      await target.local?.makeCold();
    };
    if (mode === 'quick') {
      // Targets can run in parallel, because the suite does not measure time.
      progress(0, 1, 'conformance, a sample');
      await Promise.all(targets.map((target) => judgeOne(target, context.limitMs)));
      return findings;
    }
    for (const [index, target] of targets.entries()) {
      progress(index, targets.length, `conformance of ${target.name}`);
      const after = targets.length - index - 1;
      const leftMs = until - performance.now();
      const timeoutMs = ownShareMs(leftMs, after, RESERVED_MS);
      await judgeOne(target, Math.max(1_000, timeoutMs));
      if (signal.aborted) break;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return findings;
};

async function judge(
  target: ComparedTarget,
  options: {
    files: readonly string[];
    folder: string;
    timeoutMs: number;
    signal: AbortSignal;
  },
): Promise<VitestReport | undefined> {
  const { files, folder, timeoutMs, signal } = options;
  const output = join(folder, `${target.name}.json`);
  const { local, admin, webhookSecret } = target;
  const endpointUrl = local?.shop.cloud.endpointUrl;
  const settings = {
    ...(endpointUrl ? await localSettings(endpointUrl, target.variant) : {}),
    ...(endpointUrl ? { TRIPTYCH_ENDPOINT_URL: endpointUrl } : {}),
    ...(webhookSecret ? { TRIPTYCH_WEBHOOK_SECRET: webhookSecret } : {}),
    TRIPTYCH_ADMIN_EMAIL: admin.email,
    TRIPTYCH_ADMIN_PASSWORD: admin.password,
    TRIPTYCH_TARGET: target.baseUrl,
    TRIPTYCH_VARIANT: target.variant,
    TRIPTYCH_PROJECTS: 'target',
    TRIPTYCH_SUITE: 'conformance',
  };
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
  const config = ['--config', join(repositoryRoot, 'tests/vitest.config.ts')];
  const report = ['--reporter=json', `--outputFile.json=${output}`];
  // The slash keeps `order` from matching `cancel-order`.
  const chosen = files.map((name) => `conformance/${name}`);
  await runNode([vitest, 'run', ...config, ...report, ...chosen], {
    cwd: repositoryRoot,
    timeoutMs,
    env: settings,
    aside: () => {},
    signal,
  }).catch((error: Error) => {
    if (!signal.aborted) throw error;
  });
  const text = await readFile(output, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as VitestReport);
}

function add(
  findings: PartFindings,
  { name }: ComparedTarget,
  run: {
    result: VitestReport | undefined;
    files: readonly string[];
    all: readonly string[];
    timeoutMs: number;
  },
): void {
  const { result, files, all, timeoutMs } = run;
  const scope =
    files.length === all.length
      ? `all ${all.length} files of tests/conformance`
      : `${files.length} of ${all.length} files of tests/conformance, always the same: ${files.map((file) => file.replace('.test.ts', '')).join(', ')}`;
  if (!result) {
    const why = `the suite did not end within ${Math.round(timeoutMs / 1000)} s`;
    findings.addMissing({ target: name, what: 'conformance', why });
    return;
  }
  const checks = result.testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => checks.filter((check) => check.status === status).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const broken = result.testResults.filter(
    ({ assertionResults, message }) => assertionResults.length === 0 && message,
  );
  const figures = [
    ['passed', 'Conformance checks passed', passed, 'higher'],
    ['failed', 'Conformance checks failed', failed + broken.length, 'lower'],
    ['not-run', 'Conformance checks not run', checks.length - passed - failed, 'lower'],
  ] as const;
  for (const [what, title, value, better] of figures) {
    findings.figure({ what, target: name, title, value, unit: 'count', origin: scope, better });
  }
  for (const check of checks.filter(({ status }) => status === 'failed')) {
    const text = `${check.fullName}: ${firstLine(check.failureMessages[0])}`;
    findings.fact({ target: name, subject: 'Failed checks', text, ok: false });
  }
  for (const { name: file, message } of broken) {
    const text = `${file.slice(file.lastIndexOf('/') + 1)}: ${firstLine(message)}`;
    findings.fact({ target: name, subject: 'Failed checks', text, ok: false });
  }
  if (failed + broken.length === 0) {
    const text = `none of ${passed} (${scope})`;
    findings.fact({ target: name, subject: 'Failed checks', text, ok: true });
  }
}

const firstLine = (text = ''): string => text.split('\n', 1)[0]?.slice(0, 200) ?? '';
