import { UserError } from '@triptych/base/user-error';
import type { Docker } from '../compose.ts';
import type { ComposeProject } from '../project.ts';

/** An image that is not built here, and the setting that names another. */
export interface NeededImage {
  readonly image: string;
  readonly what: string;
  readonly setting?: string;
}

const pullTimeoutMs = 10 * 60_000;
/** LocalStack fetches it by itself, but only as the first function runs, and then an order fails. */
const functionsImage = 'public.ecr.aws/lambda/nodejs:24';

/** Images that must be here before anything is built. */
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
    { image: functionsImage, what: 'image that LocalStack runs functions in' },
  ];
}

/**
 * Pulls the images that are missing.
 * @param pulling told of each before it is pulled
 * @returns those that were pulled
 * @throws UserError with one line for the first that is neither here nor to be had within 10 min
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
    const { code, stderr, timedOut } = await ask(['pull', '--quiet', image], pullTimeoutMs);
    if (code !== 0) throw new UserError(imageFault(one, timedOut ? undefined : stderr));
    pulled.push(image);
  }
  return pulled;
}

/** The line for an image that cannot be pulled. @param said what Docker said; undefined when it took too long */
export function imageFault(
  { image, what, setting }: NeededImage,
  said: string | undefined,
): string {
  const other = setting ? `, or name another with ${setting}` : '';
  return `The ${what}, ${image}, is not here and cannot be pulled (${reason(said)}): \`docker load\` it${other}.`;
}

const reasons: [RegExp, string][] = [
  [
    /no such host|dial tcp|i\/o timeout|connection refused|TLS handshake/i,
    'no way to the registry',
  ],
  [/not found|manifest unknown|does not exist/i, 'the registry has no such image'],
  [/toomanyrequests|rate limit/i, 'the registry allows no more pulls for now: docker login'],
  [/no space left/i, 'the disk is full'],
];

function reason(said: string | undefined): string {
  if (said === undefined) return 'the registry takes longer than 10 min';
  const known = reasons.find(([pattern]) => pattern.test(said));
  if (known) return known[1];
  const last = said.split('\n').at(-1);
  return last?.replace(/^Error response from daemon:\s*/, '') || 'Docker does not say why';
}
