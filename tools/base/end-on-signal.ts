/**
 * A signal that aborts on Ctrl-C, SIGTERM or a closed terminal, so that the caller can clean up. A second Ctrl-C ends the
 * process at once.
 */
export function endOnSignal(): AbortSignal {
  const ended = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (ended.signal.aborted) process.exit(130);
      console.log(`\nStopping (${name}) and cleaning up …`);
      ended.abort();
    });
  }
  return ended.signal;
}
