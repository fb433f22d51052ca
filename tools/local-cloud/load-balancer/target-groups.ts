import type { Kernel } from '../kernel.ts';
import type { TargetGroup } from './target-group.ts';

const groupsOfKernels = new WeakMap<Kernel, Map<string, TargetGroup>>();

/**
 * The target groups of a local cloud by ARN: the load balancer makes them, container services fill
 * them.
 */
export function targetGroups(kernel: Kernel): Map<string, TargetGroup> {
  const groups = groupsOfKernels.get(kernel) ?? new Map<string, TargetGroup>();
  groupsOfKernels.set(kernel, groups);
  return groups;
}
