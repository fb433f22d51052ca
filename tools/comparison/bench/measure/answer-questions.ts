/** The answers by question name. */
type Answers = Readonly<Record<string, (argument: never) => unknown>>;

/** CPU time of this process so far, user and system, all threads, in microseconds. */
export function cpuUsedUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * The counterpart of `startSubject`: sends `ready`, then answers questions one at a time, and ends with its parent process.
 */
export function answerQuestions(ready: unknown, answers: Answers): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async (message: { question: string; argument: never }) => {
    try {
      const answer = answers[message.question];
      if (!answer) throw new Error(`there is no answer to ${message.question}`);
      process.send?.({ answer: await answer(message.argument) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.send?.({ answer: ready });
}
