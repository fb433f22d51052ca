import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import colors from 'picocolors';
import type { Dependencies } from './choose-stacks.ts';
import type { Clients } from './look-up/index.ts';
import {
  halfFinished,
  listStacks,
  removeStack,
  reportedResources,
  type StackState,
  withDependents,
} from './stack-states.ts';

export interface Surroundings {
  readonly cloudFormation: CloudFormationClient;
  readonly clients: Clients;
  print(line: string): void;
}

/** Somebody else may be deploying just now: that long it may go on before it counts as dead. */
const progressTimeoutMs = 20_000;
const pollMs = 500;

/**
 * Removes what an earlier deployment left half-finished, and the stacks after it, so that they are deployed anew.
 * @param order all stacks of the assembly, each after those it depends on
 */
export async function mendHalfFinished(
  surroundings: Surroundings,
  order: readonly Dependencies[],
): Promise<void> {
  const { cloudFormation } = surroundings;
  const own = (stacks: StackState[]) =>
    halfFinished(stacks).filter(
      ({ name }) => order.some((one) => one.name === name) || name === 'CDKToolkit',
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
  if (broken.length === 0) return;
  const names = withDependents(
    broken.map(({ name }) => name),
    [{ name: 'CDKToolkit', dependencies: [] }, ...order],
  );
  const which = broken.map(({ name, status }) => `${name} is ${status}`).join(', ');
  await mend(surroundings, names, `an earlier deployment did not end: ${which}`);
}

/** Says why and removes stacks, the last first; those that are not there are passed over. */
export async function mend(
  { cloudFormation, clients, print }: Surroundings,
  names: readonly string[],
  why: string,
): Promise<void> {
  print(`${colors.yellow('!')}          mending      ${why}; removing and deploying anew`);
  const there = new Set((await listStacks(cloudFormation, '')).map(({ name }) => name));
  for (const name of names.filter((one) => there.has(one)).reverse()) {
    for (const { type, physicalId } of await reportedResources(cloudFormation, name)) {
      if (type === 'AWS::S3::Bucket') await empty(clients, physicalId);
    }
    await removeStack(cloudFormation, name);
  }
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
