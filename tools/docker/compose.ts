import { execFile } from 'node:child_process';
import { repositoryRoot } from '@triptych/base/repository-root';

/** How a call of `docker` ended; `code` is undefined when it could not be started or took too long. */
export interface Ended {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** `ENOENT` where there is no such program. */
  readonly failure?: string;
  readonly timedOut: boolean;
}

/** Runs `docker` with arguments, for at most `timeoutMs`. */
export type Docker = (args: readonly string[], timeoutMs?: number) => Promise<Ended>;

/** A busy engine takes a second or two for a list; one that hangs answers never. */
const answerTimeoutMs = 15_000;
const outputBytes = 16 * 1024 * 1024;

/** `docker` in the repository's root, so that `docker compose` means its docker-compose.yml; never throws. */
export const docker: Docker = (args, timeoutMs = answerTimeoutMs) =>
  new Promise((resolve) => {
    const options = { cwd: repositoryRoot, timeout: timeoutMs, maxBuffer: outputBytes };
    execFile('docker', [...args], options, (error, stdout, stderr) => {
      const { code, killed } = (error ?? {}) as { code?: number | string; killed?: boolean };
      const ended = { stdout: stdout.trim(), stderr: stderr.trim(), timedOut: killed === true };
      if (!error) return resolve({ ...ended, code: 0 });
      if (typeof code === 'string') return resolve({ ...ended, code: undefined, failure: code });
      resolve({ ...ended, code: killed ? undefined : code });
    });
  });

/** Arguments of `docker compose` for a project; unnamed it is the one of COMPOSE_PROJECT_NAME, else of docker-compose.yml. */
export function composeArgs(project: string | undefined, ...args: string[]): string[] {
  return ['compose', ...(project === undefined ? [] : ['--project-name', project]), ...args];
}
