import { execFile } from 'node:child_process';

const ANSWER_TIMEOUT_MS = 5_000;

/** Runs `docker` and returns its output; undefined if Docker is missing, the command fails or it takes longer than 5 s. */
export type AskDocker = (args: readonly string[]) => Promise<string | undefined>;

export const askDocker: AskDocker = (args) =>
  new Promise((resolve) => {
    execFile('docker', [...args], { timeout: ANSWER_TIMEOUT_MS }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
