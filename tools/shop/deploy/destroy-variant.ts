import { setTimeout as sleep } from 'node:timers/promises';
import { stackPrefix } from '@triptych/context-map';
import { forgetHistory } from './artifact-history.ts';
import type { Failure } from './explain-failure.ts';
import { followStack, type Patience, STACK_PATIENCE, seenEvents } from './follow-stack.ts';
import { isOwned, ownedStacks, tagsOf } from './owned-stacks.ts';
import type {
  DeployedStack,
  Deployment,
  Notes,
  StackEvent,
  StackResource,
  Stacks,
} from './ports.ts';
import { deletionOrder, type StackOfTemplate, usersOf } from './stack-order.ts';

export interface Destruction {
  readonly stacks: Stacks;
  readonly notes: Notes;
  readonly print: (line: string) => void;
  readonly patience?: Patience;
  /** How long to wait until the tags no longer list deleted resources. */
  readonly tagPatience?: Patience;
}

/** A stack to delete, with its resources and template. */
export interface DoomedStack extends StackOfTemplate {
  readonly id: string;
  readonly status: string;
  readonly resources: readonly StackResource[];
}

/** The tags of deleted resources may stay listed for a while. */
const TAG_PATIENCE: Patience = { pollMs: 5_000, polls: 12 };
const BUCKET = 'AWS::S3::Bucket';
const GONE = 'DELETE_COMPLETE';

/** Reads what a destruction deletes, in the order of deletion. */
export async function findDoomed(stacks: Stacks, owner: Deployment): Promise<DoomedStack[]> {
  const found = await Promise.all(
    (await ownedStacks(stacks, owner)).map((one) => withContents(stacks, one)),
  );
  const order = deletionOrder(found);
  return found.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** Reads what the deletion of one stack deletes. @returns undefined if the stack does not exist */
export async function readDoomed(stacks: Stacks, name: string): Promise<DoomedStack | undefined> {
  const stack = await stacks.find(name);
  return stack && withContents(stacks, stack);
}

async function withContents(
  stacks: Stacks,
  { name, id, status }: DeployedStack,
): Promise<DoomedStack> {
  const template = await stacks.template(name);
  const resources = (await stacks.resources(name)).filter((one) => one.status !== GONE);
  return { name, id, status, template, resources };
}

/**
 * The tables of the stacks with deletion protection, by `stack/logicalId`. They cannot be deleted, so a destruction must not
 * begin: it would empty buckets and delete services first.
 */
export function protectedTables(doomed: readonly DoomedStack[]): string[] {
  return doomed.flatMap(({ name, template }) =>
    Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
      Properties?.DeletionProtectionEnabled === true ? [`${name}/${id}`] : [],
    ),
  );
}

/**
 * Empties the buckets of the stacks and deletes the stacks, each after the ones that import from it. A stack that fails stays,
 * with those that it imports from; all others are deleted. Then deletes the records of the deployments.
 * @returns the failures; empty when all stacks are gone
 */
export async function deleteStacks(
  doomed: readonly DoomedStack[],
  context: Destruction,
): Promise<Failure[]> {
  const users = usersOf(doomed);
  const left = new Set<string>();
  const failures: Failure[] = [];
  for (const stack of doomed) {
    const user = users.get(stack.name)?.find((name) => left.has(name));
    if (user !== undefined) {
      left.add(stack.name);
      context.print(`  – ${stack.name} stays, because ${user} still imports from it`);
      continue;
    }
    const failed = await deleteStack(stack, context);
    failures.push(...failed);
    if (failed.length > 0) left.add(stack.name);
    else await forgetHistory(context.notes, [stack.name]);
  }
  return failures;
}

async function deleteStack(stack: DoomedStack, context: Destruction): Promise<Failure[]> {
  const { stacks, print, patience = STACK_PATIENCE } = context;
  const { name } = stack;
  // A second attempt empties what a running service wrote into a bucket meanwhile.
  for (let attempt = 1; ; attempt += 1) {
    await emptyBuckets(stack, context);
    const seen = await seenEvents(stacks, stack.id);
    await stacks.delete(name);
    const onEvent = (event: StackEvent) => print(renderEvent(name, event));
    const followed = await followStack(stacks, stack, { seen, patience, onEvent });
    if (!followed.stack) {
      print(`  ✓ ${name} is deleted`);
      return [];
    }
    const { status } = followed.stack;
    const failures = followed.failures.length > 0 ? followed.failures : [stuck(name, status)];
    const refilled = failures.some(({ reason }) => /not empty/i.test(reason));
    if (!refilled || attempt === 2) return [...failures];
  }
}

function stuck(stack: string, status: string): Failure {
  const reason = `the stack is ${status} after the deletion`;
  return { stack, type: 'AWS::CloudFormation::Stack', resource: stack, reason };
}

async function emptyBuckets({ name, resources }: DoomedStack, { stacks, print }: Destruction) {
  for (const { type, physicalId } of resources) {
    if (type !== BUCKET || physicalId === '') continue;
    const count = await stacks.emptyBucket(physicalId);
    if (count > 0) print(`  · ${name}: emptied ${physicalId} (${count} objects and versions)`);
  }
}

/** One line for an event of a stack. */
export function renderEvent(
  stack: string,
  { status, type, logicalId, reason }: StackEvent,
): string {
  const why = reason ? `  ${reason.replace(/\s+/g, ' ')}` : '';
  return `    ${stack}  ${status.padEnd(20)} ${type} ${logicalId}${why}`;
}

/** What the tags list after a destruction. */
export interface Leftovers {
  /** ARNs of what exists, as far as the tags say. */
  readonly left: readonly string[];
  /** ARNs that the tags still list, although CloudFormation has deleted the resource. */
  readonly stale: readonly string[];
}

/**
 * Lists by tag what is left of a deployment in the region, and in us-east-1 of what has no region. The tags list a deleted
 * resource for some time, so it asks again for a while, and then asks CloudFormation what it has deleted.
 */
export async function listLeftovers(owner: Deployment, context: Destruction): Promise<Leftovers> {
  const { stacks, tagPatience = TAG_PATIENCE } = context;
  const gone = await deletedNames(stacks, owner);
  for (let poll = 1; ; poll += 1) {
    const arns = (await stacks.tagged(tagsOf(owner))).map(({ arn }) => arn).sort();
    const left = arns.filter((arn) => !gone.has(lastName(arn)));
    if (left.length === 0 || poll >= tagPatience.polls) {
      return { left, stale: arns.filter((arn) => gone.has(lastName(arn))) };
    }
    await sleep(tagPatience.pollMs);
  }
}

/** Names of the resources and stacks of a deployment that CloudFormation has deleted, and that no later stack has kept. */
async function deletedNames(stacks: Stacks, owner: Deployment): Promise<Set<string>> {
  const names = new Set<string>();
  const prefix = stackPrefix(owner.variant, owner.stage);
  const deleted = (await stacks.deleted(prefix)).filter(({ tags }) => isOwned(tags, owner));
  for (const { id } of deleted) {
    // Oldest first, so that the last state of each resource counts.
    for (const { physicalId, status } of (await stacks.events(id)).toReversed()) {
      if (status === GONE) names.add(lastName(physicalId));
      else names.delete(lastName(physicalId));
    }
  }
  return names;
}

/** The last part of an ARN, of a URL or of an id: what both have in common. */
function lastName(id: string): string {
  return id.split(/[/:|]/).at(-1) ?? id;
}
