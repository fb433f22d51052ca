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
import type { Dependencies } from './choose-stacks.ts';
import type { NamedTemplate } from './filter/filter-templates.ts';
import type { Clients } from './look-up/index.ts';
import {
  bootstrapStack,
  halfFinished,
  listStacks,
  removeStack,
  reportedResources,
  type StackState,
  withDependents,
} from './stack-states.ts';
import type { Progress } from './steps.ts';

export interface Surroundings {
  readonly cloudFormation: CloudFormationClient;
  readonly clients: Clients;
  readonly progress: Progress;
}

/** Somebody else may be deploying just now: that long it may go on before it counts as dead. */
const progressTimeoutMs = 20_000;
const pollMs = 500;

/**
 * Removes what an earlier deployment left half-finished, and the stacks after it, so that they are deployed anew.
 * @returns the stacks that were removed
 * @param order all stacks of the assembly, each after those it depends on
 */
export async function mendHalfFinished(
  surroundings: Surroundings,
  order: readonly Dependencies[],
): Promise<string[]> {
  const { cloudFormation } = surroundings;
  const own = (stacks: StackState[]) =>
    halfFinished(stacks).filter(
      ({ name }) => order.some((one) => one.name === name) || name === bootstrapStack,
    );
  const deadline = performance.now() + progressTimeoutMs;
  let broken = own(await listStacks(cloudFormation, ''));
  while (
    broken.some(({ status }) => status.endsWith('_IN_PROGRESS')) &&
    performance.now() < deadline
  ) {
    await sleep(pollMs);
    broken = own(await listStacks(cloudFormation, ''));
  }
  if (broken.length === 0) return [];
  const names = withDependents(
    broken.map(({ name }) => name),
    [{ name: bootstrapStack, dependencies: [] }, ...order],
  );
  const which = broken.map(({ name, status }) => `${name} is ${status}`).join(', ');
  return mend(surroundings, names, `an earlier deployment did not end: ${which}`);
}

/** Says why and removes stacks, the last first; returns those that were there. */
export async function mend(
  { cloudFormation, clients, progress }: Surroundings,
  names: readonly string[],
  why: string,
): Promise<string[]> {
  progress.note('mending', `${why}; removing and deploying anew`);
  const there = new Set((await listStacks(cloudFormation, '')).map(({ name }) => name));
  const removed = names.filter((one) => there.has(one)).reverse();
  for (const name of removed) {
    for (const { type, physicalId } of await reportedResources(cloudFormation, name)) {
      if (type === 'AWS::S3::Bucket') await empty(clients, physicalId);
    }
    await removeStack(cloudFormation, name);
  }
  return removed;
}

/** Deletes all objects: a bucket that holds some stays. One that is gone already is empty enough. */
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
 * Removes buses that a stack about to be made would find taken: a bus has a name of its own, and one that a deployment lost
 * sight of would fail the next. Everything else gets a new name each time.
 */
export async function removeStrayBuses(
  { cloudFormation, clients, progress }: Surroundings,
  templates: readonly NamedTemplate[],
): Promise<void> {
  const there = new Set((await listStacks(cloudFormation, '')).map(({ name }) => name));
  for (const { name, template } of templates.filter((one) => !there.has(one.name))) {
    for (const { Type, Properties } of Object.values(template.Resources ?? {})) {
      const bus = Properties?.Name;
      if (Type !== 'AWS::Events::EventBus' || typeof bus !== 'string') continue;
      if (!(await busIsThere(clients, bus))) continue;
      progress.note(
        'mending',
        `the bus ${bus} is left over, and ${name} is not there: removing it`,
      );
      await removeBus(clients, bus);
    }
  }
}

async function busIsThere({ events }: Clients, Name: string): Promise<boolean> {
  try {
    await events.send(new DescribeEventBusCommand({ Name }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
}

/** A bus goes only without its rules, and a rule only without its targets; ours have fewer than a page of each. */
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
