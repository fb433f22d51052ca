import type { AskDocker } from './ask-docker.ts';

const start =
  'docker run -d --name localstack -p 127.0.0.1:4566:4566 -v /var/run/docker.sock:/var/run/docker.sock ' +
  'localstack/localstack:4.14.0';

/** One line on why no LocalStack answers, and what to do: the nearest cause first. */
export async function whyNoAnswer(endpoint: string, ask: AskDocker): Promise<string> {
  const where = `LocalStack does not answer at ${endpoint}`;
  if (!isHere(endpoint)) return `${where}: start it there, or name another with --endpoint.`;
  if ((await ask(['--version'])) === undefined) {
    return `${where}, and Docker is not installed: install Docker Engine or Docker Desktop first.`;
  }
  if ((await ask(['version', '--format', '{{.Server.Version}}'])) === undefined) {
    return `${where}, and Docker's engine does not answer: start it (Docker Desktop, or \`systemctl start docker\`).`;
  }
  return `${where}: start it with \`${start}\` (README of tools/localstack), or name another with --endpoint.`;
}

/** Whether an address is one of this machine, whose Docker may be asked. */
export function isHere(endpoint: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname);
}
