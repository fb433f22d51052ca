import { type DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { permissionsIn } from '../artifact-hash.ts';
import type { Artifact, Deployment } from '../deployment.ts';

const PLATFORMS = { arm64: Platform.LINUX_ARM64, x86_64: Platform.LINUX_AMD64 };

/**
 * How the image of a service is built. The artifact contains a copy of the repository's Dockerfile. Its stage `service` takes
 * the artifact from the build context, and sets the command and what the process may read.
 */
export function serviceImage(
  { settings }: Deployment,
  { folder }: Artifact,
): DockerImageAssetProps {
  return {
    directory: folder,
    target: 'service',
    buildContexts: { artifact: '.' },
    extraHash: permissionsIn(folder),
    platform: PLATFORMS[settings.architecture],
  };
}
