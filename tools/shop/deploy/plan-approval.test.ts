import { expect, it } from 'vitest';
import { planApprovals } from './plan-approval.ts';

it('finds the approval that a paid plan waits for, and none without one', () => {
  const command = 'aws pricing-plan-manager approve-paid-subscription --arn a --if-match e';
  const stacks = [
    { outputs: { BaseUrl: 'https://shop.example' } },
    { outputs: { CdnPlanArn: 'a', CdnPlanApproval: command } },
  ];
  expect(planApprovals(stacks)).toEqual([command]);
  expect(planApprovals(stacks.slice(0, 1))).toEqual([]);
});
