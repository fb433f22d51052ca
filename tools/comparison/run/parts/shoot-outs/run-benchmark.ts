import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import type { BenchmarkFindings } from './figures.ts';

/**
 * Runs one benchmark in its own process.
 * @throws Error if it fails or exceeds `timeoutMs`
 */
export async function runBenchmark(
  name: string,
  options: {
    readonly folder: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    readonly rounds: number;
    readonly share: number;
  },
): Promise<BenchmarkFindings> {
  const { folder, timeoutMs, signal, rounds, share } = options;
  const file = join(folder, `${name}.json`);
  const scale = ['--rounds', String(rounds), '--share', String(share)];
  let written = '';
  const since = performance.now();
  const well = await runNode(
    [
      join(repositoryRoot, 'tools/comparison/bench/main.ts'),
      '--only',
      name,
      '--json',
      file,
      ...scale,
    ],
    {
      cwd: repositoryRoot,
      timeoutMs,
      signal,
      aside: (output) => {
        written = output.toString();
      },
    },
  );
  if (!well) {
    const late = performance.now() - since >= timeoutMs;
    const how = late
      ? `did not end within ${Math.round(timeoutMs / 1000)} s`
      : `failed: ${written.trim().split('\n').at(-1) ?? ''}`;
    throw new Error(`the benchmark ${name} ${how}`);
  }
  const found = JSON.parse(await readFile(file, 'utf8')) as Record<string, BenchmarkFindings>;
  const own = found[name];
  if (!own) throw new Error(`the benchmark ${name} wrote no findings`);
  return own;
}
