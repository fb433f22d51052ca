import { sep } from 'node:path';

/**
 * A path with `/` as separator on every system, as in esbuild's metafile, in templates and in messages.
 * @param separator the separator in `path` (default: the system's)
 */
export function slashedPath(path: string, separator: string = sep): string {
  return path.replaceAll(separator, '/');
}
