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

/** Left to each target that comes after: the fast ones need little more, and what is left over is for the slow ones. */
const reservedMs = 34_000;
/** As where the suite is judged alone: each sandbox more takes half a second of a core to start, and shows nothing new. */
const sandboxes = { maxSandboxes: 2 };
const suiteFolder = join(repositoryRoot, 'tests/conformance');
/** Quick: what a customer does, what an operator does, what is refused. */
const quickFiles = ['browse', 'manage-catalog', 'request-bodies'];

/** Runs the conformance suite against each target. */
export const measureBehaviour: MeasurePart = async (context) => {
  const findings = new PartFindings('behaviour');
  const { mode, signal, progress } = context;
  const until = performance.now() + context.budgetMs;
  const all = (await readdir(suiteFolder)).filter((name) => name.endsWith('.test.ts')).sort();
  const files =
    mode === 'full' ? all : all.filter((name) => quickFiles.includes(name.replace('.test.ts', '')));
  const folder = await mkdtemp(join(tmpdir(), 'triptych-behaviour-'));
  const targets = functionsLast(context.targets);
  try {
    const judgeOne = async (target: ComparedTarget, timeoutMs: number) => {
      const result = await withSandboxLimits([target], sandboxes, () =>
        judge(target, { files, folder, timeoutMs, signal }),
      );
      add(findings, target, { result, files, all, timeoutMs });
      await target.local?.makeCold();
    };
    if (mode === 'quick') {
      // Side by side: what is right is so at any speed.
      progress(0, 1, 'conformance, a sample');
      await Promise.all(targets.map((target) => judgeOne(target, context.budgetMs)));
      return findings;
    }
    for (const [index, target] of targets.entries()) {
      progress(index, targets.length, `conformance of ${target.name}`);
      const after = targets.length - index - 1;
      const leftMs = until - performance.now();
      const timeoutMs = ownShareMs(leftMs, after, reservedMs);
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
  // With a slash before it, so that `order` is not also `cancel-order`.
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
    findings.lack({ target: name, what: 'conformance', why });
    return;
  }
  const checks = result.testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => checks.filter((check) => check.status === status).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const broken = result.testResults.filter(
    ({ assertionResults, message }) => assertionResults.length === 0 && message,
  );
  const figures = [
    ['passed', 'Checks of the conformance suite that passed', passed, 'higher'],
    ['failed', 'Checks that failed', failed + broken.length, 'lower'],
    ['not-run', 'Checks that could not be run', checks.length - passed - failed, 'lower'],
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
