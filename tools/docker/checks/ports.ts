import { isBlockedByFetch } from '@triptych/base/blocked-ports';
import type { Docker } from '../compose.ts';
import type { ComposeProject } from '../project.ts';

/** A port that the project publishes, and the setting that changes it. */
export interface WantedPort {
  readonly port: number;
  readonly setting: string;
}

/** Settings of docker-compose.yml by service and container port. */
const SETTINGS: Readonly<Record<string, string>> = {
  'localstack:4566': 'TRIPTYCH_PORT_LOCALSTACK',
  'edge:4001': 'TRIPTYCH_PORT_MICROSERVICES',
  'edge:4002': 'TRIPTYCH_PORT_SERVERLESS',
  'edge:4003': 'TRIPTYCH_PORT_HYBRID',
  'grafana:3000': 'TRIPTYCH_PORT_GRAFANA',
};

/** Lists the ports that a project publishes. */
export function wantedPorts({ services }: ComposeProject): WantedPort[] {
  return Object.entries(services).flatMap(([service, { ports = [] }]) =>
    ports.flatMap(({ target, published }) => {
      const setting = SETTINGS[`${service}:${target}`];
      return published && setting ? [{ port: Number(published), setting }] : [];
    }),
  );
}

/** Finds the program that uses a port and how to stop it; undefined if unknown. */
export type Holder = (port: number) => Promise<{ name: string; stop: string } | undefined>;

interface Look {
  readonly isTaken: (port: number) => Promise<boolean>;
  readonly shopWith: Holder;
}

/**
 * Returns a message for the first port that another program uses or that browsers refuse to call. Containers of the
 * project itself do not count.
 * @param project name of the compose project
 */
export async function portFault(
  wanted: readonly WantedPort[],
  project: string,
  ask: Docker,
  { isTaken, shopWith }: Look,
): Promise<string | undefined> {
  for (const { port, setting } of wanted) {
    const suggested = (port % 50_000) + 10_000;
    const free = isBlockedByFetch(suggested) ? suggested + 1 : suggested;
    const otherPort = `choose another with ${setting}=${free}`;
    if (isBlockedByFetch(port)) {
      return `Browsers and fetch refuse to call port ${port}: ${otherPort}.`;
    }
    if (!(await isTaken(port))) continue;
    const container = await publisher(port, ask);
    if (container?.project === project) continue;
    const who = container ? asHolder(container) : await shopWith(port);
    const by = who ? ` by ${who.name}: ${who.stop}` : ': stop the program that listens there';
    return `Port ${port} is taken${by}, or ${otherPort}.`;
  }
  return undefined;
}

interface Publisher {
  readonly container: string;
  readonly project: string;
}

/** The container that publishes a port. */
async function publisher(port: number, ask: Docker): Promise<Publisher | undefined> {
  const format = '{{.Names}}\t{{.Label "com.docker.compose.project"}}';
  const { stdout } = await ask(['ps', '--filter', `publish=${port}`, '--format', format]);
  const [container, project = ''] = stdout.split('\n')[0]?.split('\t') ?? [];
  return container ? { container, project } : undefined;
}

function asHolder({ container, project }: Publisher) {
  return project
    ? {
        name: `container ${container} of compose project ${project}`,
        stop: `docker compose --project-name ${project} down`,
      }
    : { name: `container ${container}`, stop: `docker stop ${container}` };
}
