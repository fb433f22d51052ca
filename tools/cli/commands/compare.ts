import { compare as runComparison } from '@triptych/comparison/run/compare';
import { parseOptions } from '@triptych/comparison/run/options';

/** `npm run compare`: measures the variants and writes the report. The first Ctrl-C ends it early, the second at once. */
export async function compare(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(130);
      console.log('\nEnding: what was measured is kept (Ctrl-C again ends at once).');
      interrupted.abort();
    });
  }
  // What a part left running must not take the others' findings with it.
  process.on('unhandledRejection', (error) => {
    if (process.env.TRIPTYCH_DEBUG) console.error(error);
  });
  process.exit(await runComparison(options, interrupted.signal));
}
