import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A child process that runs one subject and answers questions about it. */
export interface SubjectProcess {
  /** The value that it sent when it became ready. */
  readonly ready: unknown;
  /** Asks a question. @throws Error if it fails, the process ends, or the answer takes longer than a minute */
  ask<Answer>(question: string, argument?: unknown): Promise<Answer>;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

interface Reply {
  readonly answer?: unknown;
  readonly error?: string;
}

const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Starts `file` in its own process, so that the subject's CPU time is the CPU time of that process, including JIT and garbage
 * collection, without the load generator's. Its logs go to the null device, its errors to the terminal.
 */
export async function startSubject(
  file: URL,
  argument: string,
  env: Record<string, string> = {},
): Promise<SubjectProcess> {
  const child = fork(file, [argument], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const ready = await nextReply(child);
    return {
      ready,
      ask: async <Answer>(question: string, given?: unknown) => {
        const reply = nextReply(child);
        child.send({ question, argument: given });
        return (await reply) as Answer;
      },
      stop: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function nextReply(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the process under measurement ended with ${code}`);
  });
  try {
    const [reply] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Reply];
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.answer;
  } finally {
    waiting.abort();
    ended.catch(() => {});
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
