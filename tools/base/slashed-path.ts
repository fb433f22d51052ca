import { sep } from 'node:path';

/**
 * A path with `/` between its parts on every system, as in esbuild's metafile, in templates and in messages.
 * @param separator the one that `path` uses; the system's own by default
 */
export function slashedPath(path: string, separator: string = sep): string {
  return path.replaceAll(separator, '/');
}
