import type { DeployedStack } from './ports.ts';

/**
 * The commands that approve paid plans of CloudFront. A plan waits for its approval, and is not billed until then, so the one who
 * deploys must know it.
 */
export function planApprovals(stacks: readonly Pick<DeployedStack, 'outputs'>[]): string[] {
  return stacks.flatMap(({ outputs: { CdnPlanApproval: command } }) =>
    command === undefined ? [] : [command],
  );
}
