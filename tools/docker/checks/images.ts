import { UserError } from '@triptych/base/user-error';
import type { Docker } from '../compose.ts';
import type { ComposeProject } from '../project.ts';

/** An image that is not built here, and the setting that replaces it. */
export interface NeededImage {
  readonly image: string;
  readonly what: string;
  readonly setting?: string;
}

const PULL_TIMEOUT_MS = 10 * 60_000;
/** LocalStack pulls it only when the first function runs, and an order would time out meanwhile. */
const FUNCTIONS_IMAGE = 'public.ecr.aws/lambda/nodejs:24';

/** The images that must be present before the build. */
export function neededImages({ services }: ComposeProject): NeededImage[] {
  const bases = Object.values(services).map(({ build }) => build?.args?.NODE_IMAGE);
  const others = Object.entries(services).flatMap(([service, { image, build }]) =>
    image && !build ? [{ service, image }] : [],
  );
  return [
    ...[...new Set(bases)].flatMap((image) =>
      image ? [{ image, what: 'base image', setting: 'TRIPTYCH_NODE_IMAGE' }] : [],
    ),
    ...others.map(({ service, image }) => ({
      image,
      what: `image of ${service}`,
      ...(service === 'localstack' ? { setting: 'TRIPTYCH_LOCALSTACK_IMAGE' } : {}),
    })),
    { image: FUNCTIONS_IMAGE, what: 'image that LocalStack runs functions in' },
  ];
}

/**
 * Pulls the missing images.
 * @param pulling called with each image before it is pulled
 * @returns the pulled images
 * @throws UserError with one line for the first image that cannot be pulled within 10 min
 */
export async function assertImages(
  needed: readonly NeededImage[],
  ask: Docker,
  pulling: (image: string) => void,
): Promise<string[]> {
  const pulled: string[] = [];
  for (const one of needed) {
    const { image } = one;
    if ((await ask(['image', 'inspect', '--format', '{{.Id}}', image])).code === 0) continue;
    pulling(image);
    const { code, stderr, timedOut } = await ask(['pull', '--quiet', image], PULL_TIMEOUT_MS);
    if (code !== 0) throw new UserError(imageFault(one, timedOut ? undefined : stderr));
    pulled.push(image);
  }
  return pulled;
}

/** The message for an image that cannot be pulled. @param said Docker's error output; undefined after a timeout */
export function imageFault(
  { image, what, setting }: NeededImage,
  said: string | undefined,
): string {
  const other = setting ? `, or choose another with ${setting}` : '';
  return `The ${what}, ${image}, is missing and cannot be pulled (${reason(said)}): \`docker load\` it${other}.`;
}

const KNOWN_REASONS: [RegExp, string][] = [
  [
    /no such host|dial tcp|i\/o timeout|connection refused|TLS handshake/i,
    'the registry is unreachable',
  ],
  [/not found|manifest unknown|does not exist/i, 'the registry has no such image'],
  [/toomanyrequests|rate limit/i, 'the registry limits pulls: run docker login'],
  [/no space left/i, 'the disk is full'],
];

function reason(said: string | undefined): string {
  if (said === undefined) return 'it takes longer than 10 min';
  const known = KNOWN_REASONS.find(([pattern]) => pattern.test(said));
  if (known) return known[1];
  const last = said.split('\n').at(-1);
  return last?.replace(/^Error response from daemon:\s*/, '') || 'Docker gives no reason';
}
