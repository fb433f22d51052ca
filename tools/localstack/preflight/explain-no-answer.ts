import type { AskDocker } from './ask-docker.ts';

const START_COMMAND =
  'docker run -d --name localstack -p 127.0.0.1:4566:4566 -v /var/run/docker.sock:/var/run/docker.sock ' +
  'localstack/localstack:4.14.0';

/** Explains in one line why no LocalStack answers and what to do; checks the most basic cause first. */
export async function explainNoAnswer(endpoint: string, ask: AskDocker): Promise<string> {
  const where = `LocalStack does not answer at ${endpoint}`;
  if (!isHere(endpoint)) return `${where}: start it there, or pass another URL with --endpoint.`;
  if ((await ask(['--version'])) === undefined) {
    return `${where}, and Docker is not installed: install Docker Engine or Docker Desktop first.`;
  }
  if ((await ask(['version', '--format', '{{.Server.Version}}'])) === undefined) {
    return `${where}, and Docker's engine does not answer: start it (Docker Desktop, or \`systemctl start docker\`).`;
  }
  return `${where}: start it with \`${START_COMMAND}\` (see tools/localstack/README.md), or pass another URL with --endpoint.`;
}

/** Whether a URL is on this machine, so that its Docker can be asked. */
export function isHere(endpoint: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname);
}
