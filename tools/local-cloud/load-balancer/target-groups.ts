import type { Kernel } from '../kernel.ts';
import type { TargetGroup } from './target-group.ts';

const groupsOfKernels = new WeakMap<Kernel, Map<string, TargetGroup>>();

/**
 * Returns the target groups of a local cloud by ARN. Load balancers create them, and container
 * services register their tasks in them.
 */
export function targetGroups(kernel: Kernel): Map<string, TargetGroup> {
  const groups = groupsOfKernels.get(kernel) ?? new Map<string, TargetGroup>();
  groupsOfKernels.set(kernel, groups);
  return groups;
}
