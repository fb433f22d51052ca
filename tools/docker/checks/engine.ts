import { UserError } from '@triptych/base/user-error';
import { isOlder } from '@triptych/localstack/preflight/ask-localstack';
import type { Docker, Ended } from '../compose.ts';

/** The first engine with `healthcheck.start_interval`, and the first Compose that prints its progress as JSON. */
const OLDEST_ENGINE = '25.0.0';
const OLDEST_COMPOSE = '2.29.0';

const WITHOUT_DOCKER = '`npm start` needs no Docker';

/** The Docker engine of this machine. */
export interface Engine {
  readonly version: string;
  readonly memoryBytes: number;
  readonly cpus: number;
}

/**
 * Checks that Docker's engine and Compose are installed, running and new enough.
 * @throws UserError with one line that says what is wrong
 */
export async function assertEngine(ask: Docker): Promise<Engine> {
  const info = await ask(['info', '--format', '{{json .}}']);
  const engine = engineFrom(info);
  const fault = composeFault(await ask(['compose', 'version', '--short']));
  if (fault) throw new UserError(fault);
  return engine;
}

/** Reads the output of `docker info`. @throws UserError if Docker is missing, does not answer or is too old */
export function engineFrom({ code, stdout, stderr, failure, timedOut }: Ended): Engine {
  if (failure === 'ENOENT') {
    throw new UserError(
      `Docker is not installed: install Docker Engine or Docker Desktop (${WITHOUT_DOCKER}).`,
    );
  }
  const start = 'start it (Docker Desktop, or `systemctl start docker`)';
  if (timedOut) {
    throw new UserError(`Docker's engine does not answer within 15 s: restart it.`);
  }
  const info = parse(stdout);
  const said = [...(info?.ServerErrors ?? []), stderr].join(' ').trim();
  if (/permission denied/i.test(said)) {
    throw new UserError(
      "Docker's engine denies access: add yourself to the group docker (`sudo usermod -aG docker $USER`) and log in again.",
    );
  }
  if (code !== 0 || !info?.ServerVersion) {
    throw new UserError(`Docker is installed, but its engine does not answer: ${start}.`);
  }
  const { ServerVersion: version, MemTotal: memoryBytes = 0, NCPU: cpus = 0 } = info;
  if (isOlder(version, OLDEST_ENGINE)) {
    throw new UserError(
      `Docker's engine is ${version}, but ${OLDEST_ENGINE} or newer is needed: update it.`,
    );
  }
  return { version, memoryBytes, cpus };
}

/** What is wrong with Compose, from the output of `docker compose version --short`; undefined if nothing is. */
export function composeFault({ code, stdout, timedOut }: Ended): string | undefined {
  if (timedOut) return 'Docker Compose does not answer within 15 s: restart Docker.';
  const version = /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0];
  if (code !== 0 || !version) {
    return 'Docker has no `docker compose`: install the Docker Compose plugin.';
  }
  if (!isOlder(version, OLDEST_COMPOSE)) return undefined;
  return `Docker Compose is ${version}, but ${OLDEST_COMPOSE} or newer is needed: update the plugin.`;
}

interface Info {
  readonly ServerVersion?: string;
  readonly ServerErrors?: readonly string[] | null;
  readonly MemTotal?: number;
  readonly NCPU?: number;
}

function parse(text: string): Info | undefined {
  try {
    return JSON.parse(text) as Info;
  } catch {
    return undefined;
  }
}
