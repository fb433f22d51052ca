import { execFile } from 'node:child_process';
import { repositoryRoot } from '@triptych/base/repository-root';

/** The result of a `docker` command. `code` is undefined if it could not be started or timed out. */
export interface Ended {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** `ENOENT` if `docker` is not installed. */
  readonly failure?: string;
  readonly timedOut: boolean;
}

/** Runs `docker` with these arguments for at most `timeoutMs`. */
export type Docker = (args: readonly string[], timeoutMs?: number) => Promise<Ended>;

/** A busy engine takes a second or two to list containers; one that hangs never answers. */
const ANSWER_TIMEOUT_MS = 15_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Runs `docker` in the repository's root, so that `docker compose` reads its docker-compose.yml. Never throws. */
export const docker: Docker = (args, timeoutMs = ANSWER_TIMEOUT_MS) =>
  new Promise((resolve) => {
    const options = { cwd: repositoryRoot, timeout: timeoutMs, maxBuffer: MAX_OUTPUT_BYTES };
    execFile('docker', [...args], options, (error, stdout, stderr) => {
      const { code, killed } = (error ?? {}) as { code?: number | string; killed?: boolean };
      const ended = { stdout: stdout.trim(), stderr: stderr.trim(), timedOut: killed === true };
      if (!error) return resolve({ ...ended, code: 0 });
      if (typeof code === 'string') return resolve({ ...ended, code: undefined, failure: code });
      resolve({ ...ended, code: killed ? undefined : code });
    });
  });

/** Arguments of `docker compose`. Without a project, compose uses COMPOSE_PROJECT_NAME or the name in docker-compose.yml. */
export function composeArgs(project: string | undefined, ...args: string[]): string[] {
  return ['compose', ...(project === undefined ? [] : ['--project-name', project]), ...args];
}
