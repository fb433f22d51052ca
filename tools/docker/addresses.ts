import { UserError } from '@triptych/base/user-error';
import { portsFrom, type Variant, variants } from '@triptych/base/variants';
import { composeArgs, type Docker, docker } from './compose.ts';

/** The URLs of a running compose project on this machine. */
export interface ComposeAddresses {
  /** LocalStack. */
  readonly endpointUrl: string;
  readonly baseUrl: Readonly<Record<Variant, string>>;
}

/** LocalStack's port inside its container. */
const LOCALSTACK_PORT = 4566;

/**
 * Asks compose for the published ports of a running project.
 * @param project its name; the default is COMPOSE_PROJECT_NAME or the name in docker-compose.yml
 * @throws UserError if it is not running
 */
export async function composeAddresses(
  project?: string,
  ask: Docker = docker,
): Promise<ComposeAddresses> {
  const published = async (service: string, port: number) => {
    const { code, stdout } = await ask(composeArgs(project, 'port', service, String(port)));
    // For an unpublished port or a stopped service, compose prints `:0` or nothing.
    const found = /:([1-9]\d*)$/.exec(stdout)?.[1];
    if (code !== 0 || !found) {
      const which = project ? ` of project ${project}` : '';
      throw new UserError(
        `${service}${which} is not running: start it first (npm run start:docker, or docker compose up).`,
      );
    }
    return `http://127.0.0.1:${found}`;
  };
  const { byVariant } = portsFrom();
  const endpointUrl = await published('localstack', LOCALSTACK_PORT);
  const bases = await Promise.all(
    variants.map(async (name) => [name, await published('edge', byVariant[name])] as const),
  );
  return { endpointUrl, baseUrl: Object.fromEntries(bases) as Record<Variant, string> };
}
