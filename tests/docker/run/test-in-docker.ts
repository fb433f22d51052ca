import { mkdir } from 'node:fs/promises';
import type { Variant } from '@triptych/base/variants';
import { runSuite } from '../../run/run-suite.ts';
import { startComposeProject } from './compose-project.ts';
import { judgeVariant } from './judge-variant.ts';
import { recoverLocalStack } from './recover.ts';
import { startLocalStack } from './start-localstack.ts';

export const parts = ['contracts', 'conformance', 'faults', 'recovery'] as const;
export type Part = (typeof parts)[number];

const CONTRACTS_TIMEOUT_MS = 15 * 60_000;

/** Runs the parts sequentially, starting only what each needs. Returns the titles of the steps that failed. */
export async function testInDocker(options: {
  parts: readonly Part[];
  variants: readonly Variant[];
  logFolder: string;
  signal: AbortSignal;
}): Promise<string[]> {
  const { variants, logFolder, signal } = options;
  await mkdir(logFolder, { recursive: true });
  const wanted = (part: Part) => options.parts.includes(part);
  const failed: string[] = [];
  const step = async (title: string, work: () => Promise<number>) => {
    if (signal.aborted) return;
    console.log(`\n── ${title}`);
    const started = performance.now();
    const broken = await work().catch((error: Error) => {
      if (!signal.aborted) console.error(error);
      return 1;
    });
    if (broken > 0) failed.push(title);
    console.log(`${title}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  };
  if (wanted('contracts')) {
    await step('contract suites of the adapters, against LocalStack', () => contracts(signal));
  }
  const suites = (['conformance', 'faults'] as const).filter(wanted);
  if (suites.length === 0 && !wanted('recovery')) return failed;
  await step('docker compose: the three variants in containers', async () => {
    const project = await startComposeProject(logFolder, signal);
    console.log(`up: ${Object.values(project.baseUrl).join(' ')}`);
    try {
      for (const variant of suites.length > 0 ? variants : []) {
        await step(`${suites.join(' and ')} of ${variant} in containers`, () =>
          judgeVariant(project, variant, suites, signal),
        );
      }
      // Last, because it empties every table.
      if (wanted('recovery')) {
        await step(
          'LocalStack is killed and restarted, and docker compose up brings the shop back',
          () => recoverLocalStack(project, variants),
        );
      }
    } finally {
      await project.stop();
    }
    return 0;
  });
  return failed;
}

async function contracts(signal: AbortSignal): Promise<number> {
  const localStack = await startLocalStack();
  try {
    const passed = await runSuite({
      suite: 'contracts',
      projects: ['localstack'],
      config: 'tests/docker/contracts.config.ts',
      environment: { TRIPTYCH_DATA_PLANE: localStack.url },
      timeoutMs: CONTRACTS_TIMEOUT_MS,
      signal,
    });
    return passed ? 0 : 1;
  } finally {
    await localStack.stop();
  }
}
