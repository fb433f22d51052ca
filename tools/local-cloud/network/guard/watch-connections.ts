import type { ChildProcess } from 'node:child_process';
import type { Decision } from '../local-network.ts';

/** The arguments of Node that load the guard before a program. The child needs an `ipc` channel. */
export const GUARD_ARGUMENTS: readonly string[] = [
  '--import',
  new URL('./guard.mjs', import.meta.url).href,
];

interface Question {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** Answers the guard of a child process. */
export function watchConnections(
  child: ChildProcess,
  decide: (host: string, port: number) => Decision,
): void {
  // The channel must not keep this process alive.
  child.channel?.unref();
  child.on('message', (message) => {
    const { id, host, port } = message as Question;
    // The child may have ended in the meantime.
    if (child.connected) child.send({ id, ...decide(host, port) }, () => {});
  });
}
