import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartFindings } from '../../data/index.ts';
import type { PartContext } from '../part.ts';
import { type ShootOut, shootOutFigures, shootOuts } from './shoot-outs/figures.ts';
import { runBenchmark } from './shoot-outs/run-benchmark.ts';

/** Rounds of a tenth of the usual calls: more of them tell more than longer ones. */
const rounds = 30;
const share = 0.1;

/** The adapters around Fastify, and the ways to call DynamoDB, each as a ratio to doing without. */
export async function measureShootOuts(context: PartContext): Promise<PartFindings> {
  const { mode, budgetMs, signal } = context;
  const findings = new PartFindings('shoot-outs');
  if (mode === 'quick' || budgetMs <= 0) {
    const why =
      'left out of --quick: `npm run compare` measures them in two minutes, `npm run bench` in more rounds';
    for (const { title } of shootOuts) findings.lack({ what: title, why });
    return findings;
  }
  const folder = await mkdtemp(join(tmpdir(), 'triptych-shoot-out-'));
  const endsAt = performance.now() + budgetMs;
  try {
    for (const [done, shootOut] of shootOuts.entries()) {
      context.progress(done, shootOuts.length, shootOut.title);
      const timeoutMs = (endsAt - performance.now()) / (shootOuts.length - done);
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
    const found = await runBenchmark(shootOut.benchmark, { ...how, rounds, share });
    for (const figure of shootOutFigures(shootOut, found, share)) findings.figure(figure);
  } catch (error) {
    findings.lack({ what: shootOut.title, why: (error as Error).message });
  }
}
