import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { BOOTSTRAP_STACK } from '@triptych/build/run-cdk';
import type { Dependencies } from './choose-stacks.ts';
import type { NamedTemplate } from './filter/filter-templates.ts';
import type { Clients } from './look-up/index.ts';
import {
  halfFinished,
  listStacks,
  removeStack,
  reportedResources,
  type StackState,
  withDependents,
} from './stack-states.ts';
import type { Progress } from './steps.ts';

/** The clients for LocalStack, and where to report progress. */
export interface LocalStackAccess {
  readonly cloudFormation: CloudFormationClient;
  readonly clients: Clients;
  readonly progress: Progress;
}

/** Another deployment may be running. After this time its stacks count as half-finished. */
const PROGRESS_TIMEOUT_MS = 20_000;
const POLL_MS = 500;

/**
 * Removes the stacks that an earlier deployment left half-finished and the stacks that depend on them, so that they can be
 * deployed again.
 * @param order all stacks of the assembly, each after its dependencies
 * @returns the removed stacks
 */
export async function removeHalfFinished(
  access: LocalStackAccess,
  order: readonly Dependencies[],
): Promise<string[]> {
  const { cloudFormation } = access;
  const own = (stacks: StackState[]) =>
    halfFinished(stacks).filter(
      ({ name }) => order.some((one) => one.name === name) || name === BOOTSTRAP_STACK,
    );
  const deadline = performance.now() + PROGRESS_TIMEOUT_MS;
  let broken = own(await listStacks(cloudFormation, ''));
  while (
    broken.some(({ status }) => status.endsWith('_IN_PROGRESS')) &&
    performance.now() < deadline
  ) {
    await sleep(POLL_MS);
    broken = own(await listStacks(cloudFormation, ''));
  }
  if (broken.length === 0) return [];
  const names = withDependents(
    broken.map(({ name }) => name),
    [{ name: BOOTSTRAP_STACK, dependencies: [] }, ...order],
  );
  const which = broken.map(({ name, status }) => `${name} is ${status}`).join(', ');
  return removeStacks(access, names, `an earlier deployment did not complete: ${which}`);
}

/** Prints the reason and removes stacks in reverse order. Returns those that existed. */
export async function removeStacks(
  { cloudFormation, clients, progress }: LocalStackAccess,
  names: readonly string[],
  why: string,
): Promise<string[]> {
  progress.note('repairing', `${why}; removing these stacks and deploying them again`);
  const existing = new Set((await listStacks(cloudFormation, '')).map(({ name }) => name));
  const removed = names.filter((one) => existing.has(one)).reverse();
  for (const name of removed) {
    for (const { type, physicalId } of await reportedResources(cloudFormation, name)) {
      if (type === 'AWS::S3::Bucket') await empty(clients, physicalId);
    }
    await removeStack(cloudFormation, name);
  }
  return removed;
}

/** Deletes all objects of a bucket, because only an empty bucket can be deleted. Ignores a bucket that does not exist. */
async function empty({ s3 }: Clients, Bucket: string): Promise<void> {
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
      if (Objects.length > 0)
        await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    }
  } catch (error) {
    if ((error as Error).name !== 'NoSuchBucket') throw error;
  }
}

/**
 * Removes event buses whose stack does not exist. A bus has a fixed name, so a leftover would make the creation of its stack
 * fail. All other resources get a new name each time.
 */
export async function removeStrayBuses(
  { cloudFormation, clients, progress }: LocalStackAccess,
  templates: readonly NamedTemplate[],
): Promise<void> {
  const existing = new Set((await listStacks(cloudFormation, '')).map(({ name }) => name));
  for (const { name, template } of templates.filter((one) => !existing.has(one.name))) {
    for (const { Type, Properties } of Object.values(template.Resources ?? {})) {
      const bus = Properties?.Name;
      if (Type !== 'AWS::Events::EventBus' || typeof bus !== 'string') continue;
      if (!(await busExists(clients, bus))) continue;
      progress.note(
        'repairing',
        `removing the bus ${bus}, left over from an earlier stack ${name}`,
      );
      await removeBus(clients, bus);
    }
  }
}

async function busExists({ events }: Clients, Name: string): Promise<boolean> {
  try {
    await events.send(new DescribeEventBusCommand({ Name }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
}

/** Deletes the targets, the rules and then the bus, as the API requires. Our buses have less than a page of each. */
async function removeBus({ events }: Clients, EventBusName: string): Promise<void> {
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  for (const { Name: Rule = '' } of Rules) {
    const found = await events.send(new ListTargetsByRuleCommand({ Rule, EventBusName }));
    const Ids = (found.Targets ?? []).flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
    if (Ids.length > 0) await events.send(new RemoveTargetsCommand({ Rule, EventBusName, Ids }));
    await events.send(new DeleteRuleCommand({ Name: Rule, EventBusName }));
  }
  await events.send(new DeleteEventBusCommand({ Name: EventBusName }));
}
