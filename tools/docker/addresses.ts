import { UserError } from '@triptych/base/user-error';
import { portsFrom, type Variant, variants } from '@triptych/base/variants';
import { composeArgs, type Docker, docker } from './compose.ts';

/** Where a compose project is reached from this machine. */
export interface ComposeAddresses {
  /** LocalStack. */
  readonly endpointUrl: string;
  readonly baseUrl: Readonly<Record<Variant, string>>;
}

/** LocalStack's port inside its container. */
const localStackPort = 4566;

/**
 * Asks compose which ports a running project has published.
 * @param project its name; by default that of COMPOSE_PROJECT_NAME or docker-compose.yml
 * @throws UserError when it does not run
 */
export async function composeAddresses(
  project?: string,
  ask: Docker = docker,
): Promise<ComposeAddresses> {
  const published = async (service: string, port: number) => {
    const { code, stdout } = await ask(composeArgs(project, 'port', service, String(port)));
    // An unpublished or stopped one is `:0` or nothing.
    const found = /:([1-9]\d*)$/.exec(stdout)?.[1];
    if (code !== 0 || !found) {
      const which = project ? ` of project ${project}` : '';
      throw new UserError(
        `${service}${which} does not run: bring it up first (npm run start:docker, or docker compose up).`,
      );
    }
    return `http://127.0.0.1:${found}`;
  };
  const { byVariant } = portsFrom();
  const endpointUrl = await published('localstack', localStackPort);
  const bases = await Promise.all(
    variants.map(async (name) => [name, await published('edge', byVariant[name])] as const),
  );
  return { endpointUrl, baseUrl: Object.fromEntries(bases) as Record<Variant, string> };
}
