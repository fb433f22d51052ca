import { docker } from '@triptych/docker/compose';

/** The engine's version and processor (as in `linux/arm64`), or why it does not answer. */
export type DockerAnswer =
  | { readonly version: string; readonly architecture: string }
  | { readonly problem: string };

/** Asks the Docker engine for its version and processor. */
export async function askDocker(): Promise<DockerAnswer> {
  const format = '{{.Server.Version}} {{.Server.Arch}}';
  const { code, stdout, stderr, failure } = await docker(['version', '--format', format]);
  if (failure === 'ENOENT') return { problem: 'Docker is not installed' };
  if (code !== 0) {
    return { problem: stderr.split('\n', 1)[0] || 'the Docker engine does not answer' };
  }
  const [version = '', architecture = ''] = stdout.split(' ');
  return { version, architecture };
}
