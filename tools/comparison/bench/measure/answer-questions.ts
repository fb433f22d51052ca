/** How to answer: by the question's name. */
type Answers = Readonly<Record<string, (argument: never) => unknown>>;

/** Microseconds of CPU, user and system, that all threads of this process have used so far. */
export function cpuUsedUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * The other side of `startSubject`: says `ready`, then answers one question after the other, and ends with the process
 * that asks.
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
