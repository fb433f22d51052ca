import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '@triptych/base/repository-root';
import { type ComposeAddresses, composeAddresses } from '@triptych/docker/addresses';
import { composeArgs, docker } from '@triptych/docker/compose';
import { freePorts } from '@triptych/shop/start/ports';
import { DockerComposeEnvironment } from 'testcontainers';
import { followLogs } from './follow-logs.ts';
import { HealthyAtLast } from './healthy-at-last.ts';

/** Not the default project name, so that the tests can run beside a user's shop. */
const project = process.env.COMPOSE_PROJECT_NAME || 'triptych-test';
/** The first run builds every image and installs the packages in it. */
const UP_TIMEOUT_MS = 20 * 60_000;
const DOWN_TIMEOUT_MS = 3 * 60_000;
/** How long compose may take to notice that the containers it waits for are gone. */
const COMPOSE_EXIT_TIMEOUT_MS = 30_000;

export interface RunningProject extends ComposeAddresses {
  readonly name: string;
  /** The variables that docker-compose.yml reads. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Builds and brings up all of docker-compose.yml on free ports, and waits until every container is healthy.
 * @param logFolder for the containers' logs
 * @throws Error if it does not come up within 20 min or `signal` ends it; everything is removed first
 */
export async function startComposeProject(
  logFolder: string,
  signal: AbortSignal,
): Promise<RunningProject> {
  // Removes what a killed run may have left.
  await down();
  await mkdir(logFolder, { recursive: true });
  const logs = join(logFolder, 'compose.log');
  const endLogs = followLogs(project, logs);
  const stop = async () => {
    await down();
    await endLogs();
  };
  const { endpoint, byVariant } = await freePorts();
  const environment = {
    TRIPTYCH_PORT_LOCALSTACK: String(endpoint),
    TRIPTYCH_PORT_MICROSERVICES: String(byVariant.microservices),
    TRIPTYCH_PORT_SERVERLESS: String(byVariant.serverless),
    TRIPTYCH_PORT_HYBRID: String(byVariant.hybrid),
  };
  const coming = new DockerComposeEnvironment(repositoryRoot, 'docker-compose.yml')
    .withProjectName(project)
    .withBuild()
    .withEnvironment(environment)
    .withDefaultWaitStrategy(new HealthyAtLast())
    .withStartupTimeout(UP_TIMEOUT_MS)
    .up();
  try {
    await Promise.race([coming, ended(signal)]);
    return { name: project, environment, ...(await composeAddresses(project)), stop };
  } catch (error) {
    // Compose, which may still be starting containers, finds them gone and exits. `stop` removes what it created since.
    await down();
    await Promise.race([coming.catch(() => undefined), sleep(COMPOSE_EXIT_TIMEOUT_MS)]);
    await stop();
    throw new Error(`The compose project does not come up: see ${logs}`, { cause: error });
  }
}

/** Rejects after the timeout or when `signal` aborts. */
async function ended(signal: AbortSignal): Promise<never> {
  await sleep(UP_TIMEOUT_MS, undefined, { signal, ref: false });
  throw new Error(`not up within ${UP_TIMEOUT_MS / 60_000} min`);
}

/** Removes containers, networks and volumes. The images stay, so that the next run builds only what has changed. */
async function down(): Promise<void> {
  const { code, stderr } = await docker(
    composeArgs(project, 'down', '--volumes', '--remove-orphans'),
    DOWN_TIMEOUT_MS,
  );
  if (code !== 0) console.error(`triptych: docker compose down: ${stderr || 'timed out'}`);
}
