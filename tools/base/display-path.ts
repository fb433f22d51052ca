import { relative } from 'node:path';

/** A path as a message shows it: relative to the working directory, so that it can be copied into a command. */
export function displayPath(path: string): string {
  return relative(process.cwd(), path) || path;
}
