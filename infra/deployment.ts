import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CONTEXT_NAMES, type ContextName, type Variant } from '@triptych/context-map';
import { type App, type CfnResource, Stack } from 'aws-cdk-lib';
import type { Settings } from './settings.ts';

/** The repository's root; artifact paths in templates are relative to it. */
export const root = join(import.meta.dirname, '..');

/** A built composition root. */
export interface Artifact {
  /** Absolute folder, what CDK packs for AWS. */
  readonly folder: string;
  /** The same from the repository's root, what the local cloud runs. */
  readonly path: string;
}

/** One variant on its way into templates: which it is, with which settings, into which app. */
export class Deployment {
  readonly app: App;
  readonly settings: Settings;
  readonly variant: Variant;

  constructor(app: App, settings: Settings, variant: Variant) {
    this.app = app;
    this.settings = settings;
    this.variant = variant;
  }

  /** A stack named and tagged by its place; the tags are how destroy finds what is left. */
  stack(part: string, description: string): Stack {
    return new Stack(this.app, `triptych-${this.variant}-${part}`, {
      description: `Triptych ${this.variant}: ${description}`,
      tags: { 'triptych:variant': this.variant, 'triptych:part': part },
    });
  }

  artifact(service: ContextName | 'simulator'): Artifact {
    const app = service === 'simulator' ? 'payment-simulator' : this.variant;
    return artifact(this.settings.distFolder, app, service);
  }
}

function artifact(distFolder: string, app: string, service: string): Artifact {
  const folder = join(distFolder, 'apps', app, service);
  // With slashes on every system, so that the templates are the same everywhere.
  return { folder, path: relative(root, folder).replaceAll(sep, '/') };
}

/** Writes into the template what the local cloud runs in this resource's place. */
export function nameArtifact(resource: CfnResource, { path }: Artifact): void {
  resource.addMetadata('triptych:artifact', path);
}

/** Paths of artifacts that these settings need and the build has not made. */
export function missingArtifacts({ distFolder, variants, provider }: Settings): string[] {
  const needed = variants.flatMap((variant) =>
    CONTEXT_NAMES.map((service) => artifact(distFolder, variant, service)),
  );
  if (provider === 'simulator') {
    needed.push(artifact(distFolder, 'payment-simulator', 'simulator'));
  }
  return needed.filter((one) => !existsSync(join(one.folder, 'index.mjs'))).map((one) => one.path);
}
