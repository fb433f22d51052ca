import { compare as runComparison } from '@triptych/comparison/run/compare';
import { parseOptions } from '@triptych/comparison/run/options';

/** `npm run compare`: measures the variants and writes the report. The first Ctrl-C ends it early, the second kills it. */
export async function compare(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(130);
      console.log('\nStopping: finished measurements are kept (Ctrl-C again quits at once).');
      interrupted.abort();
    });
  }
  // A leftover promise of one part must not discard the findings of the others.
  process.on('unhandledRejection', (error) => {
    if (process.env.TRIPTYCH_DEBUG) console.error(error);
  });
  process.exit(await runComparison(options, interrupted.signal));
}
