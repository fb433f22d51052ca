import { execFile } from 'node:child_process';

const answerTimeoutMs = 5_000;

/** What `docker` prints; undefined when there is none, it fails, or it takes longer than 5 s. */
export type AskDocker = (args: readonly string[]) => Promise<string | undefined>;

export const askDocker: AskDocker = (args) =>
  new Promise((resolve) => {
    execFile('docker', [...args], { timeout: answerTimeoutMs }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
