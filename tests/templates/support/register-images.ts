import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { awsCall } from './aws-call.ts';
import type { Emulator } from './start-emulator.ts';

interface Destination {
  readonly repositoryName: string;
  readonly imageTag: string;
}

/** The part of a stack's asset manifest that names its container images. */
interface AssetManifest {
  readonly dockerImages?: Readonly<
    Record<string, { readonly destinations: Readonly<Record<string, Destination>> }>
  >;
}

/** A manifest without layers. https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md */
const NO_LAYERS = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: {
    mediaType: 'application/vnd.oci.empty.v1+json',
    digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    size: 2,
  },
  layers: [],
});

/**
 * Puts an image without layers under each tag that the stacks of assemblies name. The CDK CLI builds and pushes only images that
 * the registry lacks, so it then needs no Docker. No task starts in the emulators.
 */
export async function registerImages(
  emulator: Emulator,
  folders: readonly string[],
): Promise<void> {
  const registered = new Set<string>();
  for (const { repositoryName, imageTag } of (await Promise.all(folders.map(imagesIn))).flat()) {
    if (registered.has(imageTag)) continue;
    registered.add(imageTag);
    await awsCall(emulator, 'ecr', 'PutImage', {
      repositoryName: withPlaceholders(repositoryName, emulator),
      imageTag,
      imageManifest: NO_LAYERS,
    });
  }
}

async function imagesIn(folder: string): Promise<Destination[]> {
  const found: Destination[] = [];
  for await (const file of glob('*.assets.json', { cwd: folder })) {
    const manifest: AssetManifest = JSON.parse(await readFile(join(folder, file), 'utf8'));
    for (const { destinations } of Object.values(manifest.dockerImages ?? {})) {
      found.push(...Object.values(destinations));
    }
  }
  return found;
}

function withPlaceholders(text: string, { account, region }: Emulator): string {
  return text.replaceAll(/\$\{AWS::(AccountId|Region)\}/g, (_, name) =>
    name === 'Region' ? region : account,
  );
}
