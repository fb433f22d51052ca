import { join, resolve } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { repositoryRoot } from '@triptych/base/repository-root';
import type { Variant } from '@triptych/base/variants';
import { buildApps } from '@triptych/build/build';
import { packageArtifacts } from '@triptych/build/package-artifacts';
import { synthesize } from '@triptych/build/synth';
import { localStackAws } from './aws.ts';
import { bringUp } from './bring-up.ts';
import { chooseStacks } from './choose-stacks.ts';
import { type FilteredAssembly, filterAssembly } from './filter/filter-assembly.ts';
import { nameLeftOut } from './filter/describe-left-out.ts';
import { openClients } from './look-up/index.ts';
import { type LocalStack, preflight } from './preflight/index.ts';
import { type Progress, terminalSteps } from './steps.ts';
import { synthSettings } from './synth-settings.ts';
import { writeEnv } from './write-env/index.ts';

export interface LocalStackOptions {
  readonly variants: readonly Variant[];
  /** One service's stack, with those it needs; absent: all. */
  readonly service?: string;
  readonly endpoint?: string;
  /** Folder for what containers and the edge start from. */
  readonly writeEnvTo?: string;
}

/**
 * `npm run deploy -- <variant> --to localstack`: what LocalStack's free edition can hold of the stacks, deployed by CDK and
 * then looked up.
 * @throws UserError with one line for everything the user can mend
 */
export async function deployToLocalStack(options: LocalStackOptions): Promise<void> {
  const { variants, service, endpoint = 'http://localhost:4566', writeEnvTo } = options;
  const progress = terminalSteps((line) => console.log(line));
  const { localStack, warnings } = await preflight(endpoint.replace(/\/$/, ''));
  const { version, edition } = localStack;
  progress.done('found', `LocalStack ${version} (${edition}) at ${localStack.endpoint}`);
  for (const warning of warnings) progress.note('laxer', warning);

  const prepared = await prepare(localStack, variants, progress);
  const { filtered, assembly, fullAssembly, settings } = prepared;
  const cloudFormation = new CloudFormationClient(localStackAws(localStack.endpoint));
  const clients = openClients(localStack.endpoint);
  try {
    const cdk = { root: repositoryRoot, endpoint: localStack.endpoint, assembly };
    const { templates, dependencies: order } = filtered;
    const chosen = chooseStacks(templates, order, service);
    const what = { templates, order, chosen };
    const found = await bringUp(cdk, what, { cloudFormation, clients, progress });
    progress.done('looked up', `${found.count} resources are there`);
    if (writeEnvTo) {
      const { exports, stacks } = found;
      const target = { endpoint: localStack.endpoint, assembly: fullAssembly, exports, stacks };
      const written = await writeEnv(resolve(writeEnvTo), target);
      progress.done(
        'written',
        `${written.length} container environments, resources.json, assembly`,
      );
    }
    if (variants.includes('serverless')) {
      progress.done('serverless', settings.TRIPTYCH_BASE_URL_SERVERLESS ?? '');
    }
  } finally {
    clients.close();
    cloudFormation.destroy();
  }
}

interface Prepared {
  /** Folder of the assembly as CDK synthesized it. */
  readonly fullAssembly: string;
  /** Folder of what LocalStack can hold of it. */
  readonly assembly: string;
  readonly filtered: FilteredAssembly;
  readonly settings: Readonly<Record<string, string>>;
}

/** Builds, packages for LocalStack's processor, synthesizes, and takes out what cannot be deployed. */
async function prepare(
  localStack: LocalStack,
  variants: readonly Variant[],
  progress: Progress,
): Promise<Prepared> {
  const { architecture } = localStack;
  const built = await buildApps();
  progress.done('built', `${built.artifacts} artifacts${built.cached ? ', unchanged' : ''}`);
  const dist = await packageArtifacts(repositoryRoot, variants, architecture);
  progress.done('packaged', `native modules for linux/${architecture}`);
  const settings = synthSettings(localStack, variants, process.env);
  const synth = await synthesize(repositoryRoot, { ...settings, TRIPTYCH_DIST: dist });
  const assembly = join(repositoryRoot, '.triptych', 'localstack');
  const filtered = await filterAssembly(synth.assembly, assembly);
  const unchanged = synth.cached ? ', unchanged' : '';
  progress.done('synthesized', `${filtered.templates.length} stacks${unchanged}`);
  for (const variant of variants) {
    const line = nameLeftOut(variant, filtered);
    if (line) progress.note('left out', line);
  }
  return { fullAssembly: synth.assembly, assembly, filtered, settings };
}
