import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  CONTEXT_NAMES,
  type ContextName,
  DEFAULT_STAGE,
  stackName,
  type Variant,
} from '@triptych/context-map';
import { type App, type CfnResource, DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { artifactHash } from './artifact-hash.ts';
import release from './package.json' with { type: 'json' };
import type { Settings } from './settings.ts';
import { VariantStack } from './variant-stack.ts';

/** The repository's root. Artifact paths in templates are relative to it. */
export const ROOT = join(import.meta.dirname, '..');

/** A built composition root. */
export interface Artifact {
  /** Absolute path. The CDK packages this folder for AWS. */
  readonly folder: string;
  /** Path from the repository's root. The local cloud runs this folder. */
  readonly path: string;
}

/** What has an artifact: the contexts, the simulator, and the coordinator of checkouts. */
export type Deployed = ContextName | 'simulator' | 'checkout';

/** A variant with its settings, and the app that its stacks belong to. */
export class Deployment {
  readonly app: App;
  readonly settings: Settings;
  readonly variant: Variant;
  /** The variant's own key, which later stacks use. Undefined: AWS's keys. */
  key: Key | undefined;
  /** The stacks created so far, by their part of the variant. */
  readonly stacks = new Map<string, Stack>();

  constructor(app: App, settings: Settings, variant: Variant) {
    this.app = app;
    this.settings = settings;
    this.variant = variant;
  }

  /** Creates a stack. CloudFormation applies its tags to the resources, and the destroy command finds those that remain. */
  stack(part: string, description: string): VariantStack {
    const name = stackName(this.variant, part, this.settings.stage);
    const stack = new VariantStack(this.app, name, this.settings, {
      description: `Triptych ${this.variant}: ${description}`,
      tags: {
        'triptych:variant': this.variant,
        'triptych:stage': this.settings.stage ?? DEFAULT_STAGE,
        'triptych:service': part,
        'triptych:version': this.#versionOf(part),
      },
      // A synthesizer collects the assets that it has seen. Shared by all stacks, it would list
      // the assets of every earlier stack in each manifest.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    stack.key = this.key;
    this.stacks.set(part, stack);
    return stack;
  }

  /** The release, and for a stack with code the hash of its artifact: `0.1.0+5f2a90c31b7e`. */
  #versionOf(part: string): string {
    const names: readonly Deployed[] = [...CONTEXT_NAMES, 'checkout'];
    const service = part === 'provider' ? 'simulator' : names.find((name) => name === part);
    if (service === undefined) return release.version;
    return `${release.version}+${artifactHash(this.artifact(service).folder).slice(0, 12)}`;
  }

  /** Whether a coordinator replaces the events of the checkout. Only serverless has the setting. */
  get isCoordinated(): boolean {
    return this.variant === 'serverless' && this.settings.checkout !== 'events';
  }

  /** The artifact of a service in this variant. */
  artifact(service: Deployed): Artifact {
    const app = service === 'simulator' ? 'payment-simulator' : this.variant;
    return artifact(this.settings.distFolder, app, service);
  }

  /** The artifact of a service that listens instead of exporting handlers. */
  webArtifact(service: ContextName): Artifact {
    return artifact(this.settings.distFolder, WEB_APP, service);
  }

  /** Whether HTTP runs as Web Functions. Only serverless has the setting. */
  get isWeb(): boolean {
    return this.variant === 'serverless' && this.settings.http === 'web-functions';
  }
}

/** The app whose artifacts listen, for Web Functions. */
const WEB_APP = 'serverless-web';

function artifact(distFolder: string, app: string, service: string): Artifact {
  const folder = join(distFolder, 'apps', app, service);
  // With slashes on every system, so that the templates are the same everywhere.
  return { folder, path: relative(ROOT, folder).replaceAll(sep, '/') };
}

/** Adds the artifact's path to the resource's metadata, for the local cloud. */
export function nameArtifact(resource: CfnResource, { path }: Artifact): void {
  resource.addMetadata('triptych:artifact', path);
}

/** Paths of the artifacts that these settings need and that are not built. */
export function missingArtifacts(settings: Settings): string[] {
  const { distFolder, variants, provider, checkout, http } = settings;
  const needed = variants.flatMap((variant) =>
    CONTEXT_NAMES.map((service) => artifact(distFolder, variant, service)),
  );
  if (checkout !== 'events' && variants.includes('serverless')) {
    needed.push(artifact(distFolder, 'serverless', 'checkout'));
  }
  if (http === 'web-functions' && variants.includes('serverless')) {
    needed.push(...CONTEXT_NAMES.map((service) => artifact(distFolder, WEB_APP, service)));
  }
  if (provider === 'simulator') {
    needed.push(artifact(distFolder, 'payment-simulator', 'simulator'));
  }
  return needed.filter((one) => !existsSync(join(one.folder, 'index.mjs'))).map((one) => one.path);
}
