import { expect, it } from 'vitest';
import { createKernel } from '../create-kernel.ts';
import { parsePolicy, sendToQueue } from '../iam/index.ts';

it('everything is allowed until a template adds the first policy', () => {
  const { kernel } = createKernel({ root: '/', enforcesPermissions: true });
  const { permissions } = kernel;
  const rule = permissions.service('events.amazonaws.com', kernel.arn('events', 'rule/r'));
  const delivery = sendToQueue(kernel.arn('sqs', 'queue'));
  expect(permissions.isEnforced).toBe(false);
  expect(rule.may(delivery)).toBe(true);

  const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }];
  const document = { Version: '2012-10-17', Statement };
  permissions.policies.attach(parsePolicy('shop/Read', document, 'identity'), ['worker']);
  expect(permissions.isEnforced).toBe(true);
  expect(rule.may(delivery)).toBe(false);
});
