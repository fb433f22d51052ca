/**
 * Aborted by Ctrl-C, SIGTERM or a closed terminal, so that whoever holds something can let go of it; a second Ctrl-C ends
 * the process at once.
 */
export function endOnSignal(): AbortSignal {
  const ended = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (ended.signal.aborted) process.exit(130);
      console.log(`\nStopping (${name}), and removing what was started …`);
      ended.abort();
    });
  }
  return ended.signal;
}
