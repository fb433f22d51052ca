const groupsOfKernels = new WeakMap();
/** The target groups of a local cloud by ARN: the load balancer makes them, container services fill them. */
export function targetGroups(kernel) {
  const groups = groupsOfKernels.get(kernel) ?? new Map();
  groupsOfKernels.set(kernel, groups);
  return groups;
}
