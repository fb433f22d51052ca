import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTEXT_NAMES, runtimeOf, VARIANTS } from '@triptych/context-map';

/** Empty artifacts, for making templates where nothing is built. */
export interface EmptyArtifacts {
  readonly dist: string;
  /** Creates a folder that `remove` deletes too. */
  folder(name: string): string;
  remove(): void;
}

export function emptyArtifacts(): EmptyArtifacts {
  const home = mkdtempSync(join(tmpdir(), 'triptych-infra-'));
  const folder = (name: string) => {
    const path = join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const artifact = (app: string, service: string, isContainer: boolean) => {
    const path = folder(join('dist/apps', app, service));
    writeFileSync(join(path, 'index.mjs'), '');
    if (isContainer) writeFileSync(join(path, 'Dockerfile'), 'FROM scratch\n');
  };
  for (const variant of VARIANTS) {
    for (const name of CONTEXT_NAMES) {
      artifact(variant, name, runtimeOf(variant, name) === 'container');
    }
  }
  for (const name of CONTEXT_NAMES) artifact('serverless-web', name, false);
  artifact('serverless', 'checkout', false);
  artifact('payment-simulator', 'simulator', false);
  return {
    dist: join(home, 'dist'),
    folder,
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
