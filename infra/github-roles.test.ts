import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './deployment.ts';
import { GITHUB_ROLES_FILE, githubRoles } from './github-roles.ts';

const { PlanRole, DeployRole } = githubRoles().Resources;
const roles = [
  ['plan', PlanRole],
  ['deploy', DeployRole],
] as const;
const statementsOf = ({ Properties }: typeof PlanRole) =>
  Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

it('the committed template of the roles is up to date', () => {
  const committed = JSON.parse(readFileSync(join(ROOT, GITHUB_ROLES_FILE), 'utf8'));
  expect(committed, 'run `node infra/write-github-roles.ts`').toEqual(githubRoles());
});

describe.each(roles)('the %s role', (_, role) => {
  it('trusts one subject of one repository, without wildcards', () => {
    const [trust, ...more] = role.Properties.AssumeRolePolicyDocument.Statement;
    expect(more).toEqual([]);
    expect(Object.keys(trust?.Condition ?? {})).toEqual(['StringEquals']);
    const { StringEquals } = trust?.Condition ?? {};
    expect(Object.keys(StringEquals ?? {})).toEqual([
      'token.actions.githubusercontent.com:aud',
      'token.actions.githubusercontent.com:sub',
    ]);
    expect(JSON.stringify(StringEquals)).not.toContain('*');
    expect(JSON.stringify(StringEquals)).toContain(`repo:\${Repository}:`);
  });

  it('names each action, and a resource wherever AWS has one', () => {
    const withoutResource = ['servicequotas', 'ce', 'cloudwatch', 'tag'];
    const lists = ['cloudformation:DescribeStacks', 'cloudformation:ListStacks'];
    for (const { Sid, Action, Resource } of statementsOf(role)) {
      expect(
        Action.filter((action) => action.includes('*')),
        Sid,
      ).toEqual([]);
      if (Resource !== '*') continue;
      const services = Action.filter((action) => !lists.includes(action)).map(
        (action) => action.split(':')[0],
      );
      expect(withoutResource, Sid).toEqual(expect.arrayContaining(services));
    }
  });
});

it('a pull request can change nothing', () => {
  const reading = /:(Get|List|Describe)/;
  const writes = statementsOf(PlanRole)
    .flatMap(({ Action }) => Action)
    .filter((action) => !reading.test(action));
  expect(writes).toEqual([]);
});

it('a deployment creates resources only as the CDK, never directly', () => {
  const actions = statementsOf(DeployRole).flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /:Create|iam:|PassRole/.test(action))).toEqual([]);
});
