import { UserError } from '@triptych/base/user-error';
import type { AskDocker } from './ask-docker.ts';

/** Settings without which LocalStack differs from AWS. Signature checks have a probe of their own. */
const STRICT_SETTINGS = {
  LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: {
    is: (value: string) => Number(value) <= 1,
    wanted: '1',
    otherwise: 'idle queues are polled every 10 s',
  },
  LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC: {
    is: (value: string) => Number(value) <= 0.5,
    wanted: '0.25',
    otherwise: 'it reads ten stream records a second, and orders wait for the seeded products',
  },
  PROVIDER_OVERRIDE_DYNAMODB: {
    is: (value: string) => value === 'v2',
    wanted: 'v2',
    otherwise: 'streams miss their first half second',
  },
};

interface Inspected {
  readonly Mounts?: readonly { readonly Destination?: string }[];
  readonly Config?: { readonly Env?: readonly string[] | null };
}

/**
 * Checks the settings of the container that publishes LocalStack's port. Skips the check if Docker does not answer.
 * @returns a warning for each setting that makes it differ from AWS
 * @throws UserError if the container has no access to Docker, because functions need it
 */
export async function checkContainer(port: string, ask: AskDocker): Promise<string[]> {
  const ids = await ask(['ps', '--no-trunc', '--quiet', '--filter', `publish=${port}`]);
  const id = ids?.split('\n')[0];
  if (!id) return [];
  const [container] = JSON.parse((await ask(['inspect', id])) ?? '[]') as Inspected[];
  return container ? judge(container) : [];
}

/** The same check, on the output of `docker inspect`. */
export function judge({ Mounts = [], Config }: Inspected): string[] {
  const env = new Map(
    (Config?.Env ?? []).map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const reachesDocker =
    env.has('DOCKER_HOST') ||
    Mounts.some(({ Destination }) => Destination?.endsWith('docker.sock'));
  if (!reachesDocker) {
    throw new UserError(
      'LocalStack cannot run functions without Docker: restart it with -v /var/run/docker.sock:/var/run/docker.sock.',
    );
  }
  return Object.entries(STRICT_SETTINGS)
    .filter(([name, { is }]) => !is(env.get(name) ?? 'unset'))
    .map(([name, { wanted, otherwise }]) => `without ${name}=${wanted}, ${otherwise}`);
}
