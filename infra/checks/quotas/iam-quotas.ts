import { estimatedLength } from './estimate-length.ts';
import { type CheckedResource, nameOf, perResource, type Quota, summed } from './quota.ts';

const PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

const rolesOf = ({ stack, properties }: CheckedResource) =>
  (properties.Roles ?? []).map((role: unknown) => `${stack}/${JSON.stringify(role)}`).join();

/** The length of the policies inside a role, in its own properties. */
const inlineLength = ({ properties }: CheckedResource) =>
  (properties.Policies ?? []).reduce(
    (sum: number, { PolicyDocument }: { PolicyDocument: unknown }) =>
      sum + estimatedLength(PolicyDocument),
    0,
  );

/** Quotas of IAM. It does not count white space. */
export const IAM_QUOTAS: readonly Quota[] = [
  {
    name: 'characters of all inline policies of a role',
    atMost: 10_240,
    page: PAGE,
    measure: ({ resources }) => [
      ...summed(
        resources.filter(({ type }) => type === 'AWS::IAM::Policy'),
        rolesOf,
        ({ properties }) => estimatedLength(properties.PolicyDocument),
      ),
      ...resources
        .filter(({ type }) => type === 'AWS::IAM::Role')
        .map((role) => ({ where: nameOf(role), value: inlineLength(role) })),
    ],
  },
  {
    name: 'characters of a managed policy',
    atMost: 6_144,
    page: PAGE,
    measure: perResource('AWS::IAM::ManagedPolicy', ({ properties }) =>
      estimatedLength(properties.PolicyDocument),
    ),
  },
  {
    name: 'managed policies of a role',
    atMost: 10,
    page: PAGE,
    measure: perResource(
      'AWS::IAM::Role',
      ({ properties }) => properties.ManagedPolicyArns?.length ?? 0,
    ),
  },
  {
    name: 'characters of the trust policy of a role',
    atMost: 2_048,
    page: PAGE,
    measure: perResource('AWS::IAM::Role', ({ properties }) =>
      estimatedLength(properties.AssumeRolePolicyDocument),
    ),
  },
];
