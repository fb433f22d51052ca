import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartFindings } from '../../data/index.ts';
import type { PartContext } from '../part.ts';
import { SHOOT_OUTS, type ShootOut, shootOutFigures } from './shoot-outs/figures.ts';
import { runBenchmark } from './shoot-outs/run-benchmark.ts';

/** Each round makes a tenth of the usual calls, because many short rounds say more than a few long ones. */
const ROUNDS = 30;
const SHARE = 0.1;

/** Measures the adapters around Fastify and the ways to call DynamoDB, each as a ratio to a baseline. */
export async function measureShootOuts(context: PartContext): Promise<PartFindings> {
  const { mode, budgetMs, signal } = context;
  const findings = new PartFindings('shoot-outs');
  if (mode === 'quick' || budgetMs <= 0) {
    const why =
      'not measured with --quick: `npm run compare` measures them in two minutes, `npm run bench` in more rounds';
    for (const { title } of SHOOT_OUTS) findings.addMissing({ what: title, why });
    return findings;
  }
  const folder = await mkdtemp(join(tmpdir(), 'triptych-shoot-out-'));
  const endsAt = performance.now() + budgetMs;
  try {
    for (const [done, shootOut] of SHOOT_OUTS.entries()) {
      context.progress(done, SHOOT_OUTS.length, shootOut.title);
      const timeoutMs = (endsAt - performance.now()) / (SHOOT_OUTS.length - done);
      await measureOne(findings, shootOut, { folder, timeoutMs, signal });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return findings;
}

async function measureOne(
  findings: PartFindings,
  shootOut: ShootOut,
  how: { folder: string; timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  try {
    const found = await runBenchmark(shootOut.benchmark, { ...how, rounds: ROUNDS, share: SHARE });
    for (const figure of shootOutFigures(shootOut, found, SHARE)) findings.figure(figure);
  } catch (error) {
    findings.addMissing({ what: shootOut.title, why: (error as Error).message });
  }
}
