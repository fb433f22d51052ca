import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The engine's version and processor (as in `linux/arm64`), or why it does not answer. */
export type DockerAnswer =
  | { readonly version: string; readonly architecture: string }
  | { readonly problem: string };

const TIMEOUT_MS = 15_000;

/** Asks the Docker engine for its version and processor. */
export async function askDocker(): Promise<DockerAnswer> {
  try {
    const format = '{{.Server.Version}} {{.Server.Arch}}';
    const { stdout } = await promisify(execFile)('docker', ['version', '--format', format], {
      timeout: TIMEOUT_MS,
    });
    const [version = '', architecture = ''] = stdout.trim().split(' ');
    return { version, architecture };
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') return { problem: 'Docker is not installed' };
    return { problem: stderr.trim().split('\n', 1)[0] || 'the Docker engine does not answer' };
  }
}
