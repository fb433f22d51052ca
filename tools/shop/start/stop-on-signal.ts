const LOCAL_TIMEOUT_MS = 9_000;

/**
 * Runs `stop` once on Ctrl-C, SIGTERM or a closed terminal, then ends the process. A second Ctrl-C ends it at once.
 * @param stopTimeoutMs ends the process after this time even if `stop` hangs (default: 9 s)
 */
export function stopOnSignal(stop: () => Promise<void>, stopTimeoutMs = LOCAL_TIMEOUT_MS) {
  let stopping: Promise<void> | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(130);
    console.log(`\nStopping (${signal}) …`);
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    stopping = stop().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(`triptych: stopping failed: ${error.message}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    /** Waits for `work`. When it fails, stops the shop and then rethrows the error. */
    async guard<T>(work: Promise<T>): Promise<T> {
      try {
        return await work;
      } catch (error) {
        // Ctrl-C also makes the work fail. Then the shop is already stopping.
        if (stopping) await new Promise(() => undefined);
        await stop();
        throw error;
      }
    },
    /** Never resolves: a signal ends the process. */
    forever: () => new Promise<never>(() => setInterval(() => undefined, 60_000)),
  };
}
