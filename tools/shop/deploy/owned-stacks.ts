import { DEFAULT_STAGE } from '@triptych/context-map';
import type { DeployedStack, Deployment, Stacks } from './ports.ts';

/** The tag keys that infra sets on every resource. */
export const TAGS = {
  variant: 'triptych:variant',
  stage: 'triptych:stage',
  service: 'triptych:service',
  version: 'triptych:version',
} as const;

/** The tags of every resource of a deployment. */
export function tagsOf({ variant, stage = DEFAULT_STAGE }: Deployment): Record<string, string> {
  return { [TAGS.variant]: variant, [TAGS.stage]: stage };
}

/** Whether a resource with these tags belongs to the deployment. */
export function isOwned(tags: Readonly<Record<string, string>>, owner: Deployment): boolean {
  return Object.entries(tagsOf(owner)).every(([key, value]) => tags[key] === value);
}

/** The stacks of a deployment in an account. They are found by their tags, never by their names. */
export async function ownedStacks(stacks: Stacks, owner: Deployment): Promise<DeployedStack[]> {
  return (await stacks.list()).filter(({ tags }) => isOwned(tags, owner));
}

/** `serverless`, or `serverless (stage trial)`. */
export function titleOf({ variant, stage }: Deployment): string {
  return stage ? `${variant} (stage ${stage})` : variant;
}

/** The part of the variant that a stack is: `state`, `front`, a service. */
export function partOf({ name, tags }: Pick<DeployedStack, 'name' | 'tags'>): string {
  return tags[TAGS.service] ?? name.slice(name.lastIndexOf('-') + 1);
}
