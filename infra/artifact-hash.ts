import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';

const PERMISSIONS = 0o777;

/**
 * The permissions of every file in an artifact, as one text. CDK's fingerprint of a folder covers names and contents only,
 * so an artifact whose permissions were mended would not be deployed again.
 */
export function permissionsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const mode = statSync(path).mode & PERMISSIONS;
      return `${relative(folder, path).replaceAll(sep, '/')} ${mode.toString(8)}`;
    })
    .sort()
    .join('\n');
}

/** A hash over the names, contents and permissions of the files in an artifact. */
export function artifactHash(folder: string): string {
  return FileSystem.fingerprint(folder, { extraHash: permissionsIn(folder) });
}
