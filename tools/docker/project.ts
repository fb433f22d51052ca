import { UserError } from '@triptych/base/user-error';
import { variants as allVariants, type Variant } from '@triptych/base/variants';
import { composeArgs, type Docker } from './compose.ts';

/** The project as compose resolves it from docker-compose.yml, the environment and `.env`. */
export interface ComposeProject {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
}

interface ComposeService {
  /** Absent if compose builds the image and names it. */
  readonly image?: string;
  readonly build?: { readonly args?: Readonly<Record<string, string>> };
  readonly ports?: readonly { readonly target: number; readonly published?: string }[];
}

/** The profile that adds a collector and Grafana. */
export const OBSERVABILITY = 'observability';

/** Global arguments of `docker compose` that enable the profile. */
export const profileArgs = (on: boolean) => (on ? ['--profile', OBSERVABILITY] : []);

/** Reads the project. @throws UserError with compose's message if the file or a setting is invalid */
export async function readProject(ask: Docker, withObservability = false): Promise<ComposeProject> {
  const profile = profileArgs(withObservability);
  const { code, stdout, stderr } = await ask(
    composeArgs(undefined, ...profile, 'config', '--format', 'json'),
  );
  if (code !== 0) {
    const said = stderr.split('\n').at(-1);
    throw new UserError(
      `docker compose cannot read docker-compose.yml: ${said || 'it gives no reason'}`,
    );
  }
  return JSON.parse(stdout) as ComposeProject;
}

/** The services of these variants and the services that all variants share, in the order of docker-compose.yml. */
export function servicesOf(project: ComposeProject, variants: readonly Variant[]): string[] {
  const others = allVariants.filter((name) => !variants.includes(name));
  return Object.keys(project.services).filter(
    (service) => !others.some((name) => service.startsWith(`${name}-`)),
  );
}
