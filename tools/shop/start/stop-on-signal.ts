const localTimeoutMs = 9_000;

/**
 * Runs `stop` once on Ctrl-C, SIGTERM or a closed terminal, then ends the process: within 10 s unless told, whatever
 * hangs. A second Ctrl-C ends at once.
 */
export function stopOnSignal(stop: () => Promise<void>, stopTimeoutMs = localTimeoutMs) {
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
    /** Waits for `work`; when it fails, everything is stopped before the error goes on. */
    async guard<T>(work: Promise<T>): Promise<T> {
      try {
        return await work;
      } catch (error) {
        // Ctrl-C makes work fail too: then the way out is already taken.
        if (stopping) await new Promise(() => undefined);
        await stop();
        throw error;
      }
    },
    /** Until a signal ends the process. */
    forever: () => new Promise<never>(() => setInterval(() => undefined, 60_000)),
  };
}
