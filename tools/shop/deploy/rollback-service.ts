import { UserError } from '@triptych/base/user-error';
import { type HistoryEntry, readHistory, recordArtifacts } from './artifact-history.ts';
import { artifactsOf, sameArtifacts, shortHashes, withArtifacts } from './artifacts.ts';
import { explainFailures } from './explain-failure.ts';
import { followStack, type Patience, STACK_PATIENCE, seenEvents } from './follow-stack.ts';
import { ownedStacks, partOf, TAGS, titleOf } from './owned-stacks.ts';
import type { DeployedStack, Deployment, Notes, StackEvent, Stacks, Template } from './ports.ts';

/** What a rollback changes. */
export interface Rollback {
  readonly stack: DeployedStack;
  /** The deployed template; only its artifacts change. */
  readonly template: Template;
  readonly from: HistoryEntry;
  readonly to: HistoryEntry;
}

/**
 * Finds the artifact to return to: the one before the current one, or the newest with the given hash.
 * @param hash the first characters of a hash
 * @throws UserError when the service is not deployed, or its history has no such artifact
 */
export async function planRollback(
  { stacks, notes }: { stacks: Stacks; notes: Notes },
  owner: Deployment,
  service: string,
  hash?: string,
): Promise<Rollback> {
  const owned = await ownedStacks(stacks, owner);
  const stack = owned.find((one) => partOf(one) === service);
  if (!stack) {
    const known = owned.map(partOf).join(', ');
    throw new UserError(
      `${titleOf(owner)} has no stack for ${service}. ${known ? `It has: ${known}.` : 'Nothing is deployed.'}`,
    );
  }
  const template = await stacks.template(stack.name);
  const current = artifactsOf(template);
  const history = await readHistory(notes, stack.name);
  const others = history.filter(({ artifacts }) => !sameArtifacts(artifacts, current));
  const isWanted = ({ artifacts }: HistoryEntry) =>
    hash === undefined || Object.values(artifacts).some((one) => one.startsWith(hash));
  const to = others.find(isWanted);
  if (!to) throw new UserError(noArtifact(stack.name, history, hash));
  const from = history.find(({ artifacts }) => sameArtifacts(artifacts, current));
  const now = { at: '', version: stack.tags[TAGS.version] ?? '', artifacts: current };
  return { stack, template, from: from ?? now, to };
}

function noArtifact(stack: string, history: readonly HistoryEntry[], hash?: string): string {
  const known = history.map(({ at, artifacts }) => `${shortHashes(artifacts)} of ${at}`).join('; ');
  const wanted = hash === undefined ? 'no earlier artifact' : `no other artifact ${hash}`;
  return `${stack} has ${wanted} on record${known ? ` (recorded: ${known})` : ''}.`;
}

/**
 * Deploys the artifact of a rollback. Everything else in the stack stays as it is. The rollback becomes the newest entry of
 * the history, so a second rollback returns to the artifact before it.
 * @throws UserError when the artifact no longer exists, or CloudFormation cannot update the stack
 */
export async function runRollback(
  { stack, template, to }: Rollback,
  context: {
    readonly stacks: Stacks;
    readonly notes: Notes;
    readonly now: () => Date;
    readonly onEvent: (event: StackEvent) => void;
    readonly bootstrapBucket: string;
    readonly patience?: Patience;
  },
): Promise<void> {
  const { stacks, onEvent, bootstrapBucket, patience = STACK_PATIENCE } = context;
  const wanted = withArtifacts(template, to.artifacts);
  for (const [id, { Type }] of Object.entries(wanted.Resources)) {
    const key = `${to.artifacts[id]}.zip`;
    if (Type !== 'AWS::Lambda::Function' || !to.artifacts[id]) continue;
    if (await stacks.hasObject(bootstrapBucket, key)) continue;
    throw new UserError(
      `${bootstrapBucket} no longer has ${key}: check out the version and deploy it again.`,
    );
  }
  const tags = { ...stack.tags, ...(to.version ? { [TAGS.version]: to.version } : {}) };
  const seen = await seenEvents(stacks, stack.id);
  if (await stacks.update(stack.name, wanted, tags)) {
    const followed = await followStack(stacks, stack, { seen, onEvent, patience });
    if (followed.stack?.status !== 'UPDATE_COMPLETE') {
      const status = followed.stack?.status ?? 'gone';
      const failures = followed.failures.length > 0 ? followed.failures : [unknown(stack, status)];
      throw new UserError(['The rollback failed.', ...explainFailures(failures)].join('\n'));
    }
  }
  await recordArtifacts(context, { ...stack, tags });
}

function unknown({ name }: DeployedStack, status: string) {
  const type = 'AWS::CloudFormation::Stack';
  return { stack: name, type, resource: name, reason: `the stack is ${status}` };
}
