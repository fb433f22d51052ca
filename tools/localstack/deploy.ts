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
import { describeLeftOut } from './filter/describe-left-out.ts';
import { type FilteredAssembly, filterAssembly } from './filter/filter-assembly.ts';
import { openClients } from './look-up/index.ts';
import { type LocalStack, preflight } from './preflight/index.ts';
import { type Progress, terminalSteps } from './steps.ts';
import { synthSettings } from './synth-settings.ts';
import { writeEnv } from './write-env/index.ts';

export interface LocalStackOptions {
  readonly variants: readonly Variant[];
  /** Deploys only this service's stacks and their dependencies; all by default. */
  readonly service?: string;
  readonly endpoint?: string;
  /** Folder for the settings of the containers and the edge. */
  readonly writeEnvTo?: string;
}

/**
 * `npm run deploy -- <variant> --to localstack`: deploys with CDK the part of the stacks that LocalStack's free edition
 * supports, then looks up every resource.
 * @throws UserError with one line for every problem that the user can fix
 */
export async function deployToLocalStack(options: LocalStackOptions): Promise<void> {
  const { variants, service, endpoint = 'http://localhost:4566', writeEnvTo } = options;
  const progress = terminalSteps((line) => console.log(line));
  const { localStack, warnings } = await preflight(endpoint.replace(/\/$/, ''));
  const { version, edition } = localStack;
  progress.done('found', `LocalStack ${version} (${edition}) at ${localStack.endpoint}`);
  for (const warning of warnings) progress.note('less strict', warning);

  const prepared = await prepare(localStack, variants, progress);
  const { filtered, assembly, fullAssembly, settings } = prepared;
  const cloudFormation = new CloudFormationClient(localStackAws(localStack.endpoint));
  const clients = openClients(localStack.endpoint);
  try {
    const cdk = { root: repositoryRoot, endpoint: localStack.endpoint, assembly };
    const { templates, dependencies: order } = filtered;
    const chosen = chooseStacks(templates, order, service);
    const plan = { templates, order, chosen };
    const found = await bringUp(cdk, plan, { cloudFormation, clients, progress });
    progress.done('looked up', `${found.count} resources exist`);
    if (writeEnvTo) {
      const { exports, stacks } = found;
      const { endpoint: at, session } = localStack;
      const target = { endpoint: at, session, assembly: fullAssembly, exports, stacks };
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
  /** Folder of the full assembly, as CDK synthesized it. */
  readonly fullAssembly: string;
  /** Folder of the part that LocalStack supports. */
  readonly assembly: string;
  readonly filtered: FilteredAssembly;
  readonly settings: Readonly<Record<string, string>>;
}

/** Builds, packages for LocalStack's processor architecture, synthesizes, and filters out what LocalStack lacks. */
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
    const line = describeLeftOut(variant, filtered);
    if (line) progress.note('left out', line);
  }
  return { fullAssembly: synth.assembly, assembly, filtered, settings };
}
