import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.ts';
import { PolicyError } from './policy-error.ts';
import type { PolicyKind } from './types.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const READ = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE };

function statement(change: object, kind: PolicyKind = 'identity') {
  const document = { Version: '2012-10-17', Statement: [{ ...READ, ...change }] };
  const [first] = parsePolicy('shop/Policy', document, kind).statements;
  if (!first) throw new Error('There is no statement');
  return first;
}

describe('an action', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
  it.each([
    ['dynamodb:GetItem', 'dynamodb:GetItem', true],
    ['DynamoDB:getitem', 'dynamodb:GetItem', true],
    ['dynamodb:Get*', 'dynamodb:GetItem', true],
    ['dynamodb:*Item', 'dynamodb:BatchGetItem', true],
    ['dynamodb:*', 'dynamodb:Query', true],
    ['dynamodb:Ge?Item', 'dynamodb:GetItem', true],
    ['*', 'sqs:SendMessage', true],
    ['dynamodb:Get', 'dynamodb:GetItem', false],
    ['dynamodb:*', 'dynamodbstreams:GetRecords', false],
    ['sqs:*', 'dynamodb:GetItem', false],
  ])('%s on %s: %s', (pattern, action, expected) => {
    expect(statement({ Action: pattern }).matchesAction(action)).toBe(expected);
  });

  it('matches if one of several does', () => {
    const { matchesAction } = statement({ Action: ['sqs:SendMessage', 'dynamodb:GetItem'] });
    expect(matchesAction('dynamodb:GetItem')).toBe(true);
    expect(matchesAction('dynamodb:PutItem')).toBe(false);
  });

  it('that is excluded matches all others, of every service', () => {
    const { matchesAction } = statement({ Action: undefined, NotAction: ['s3:*', 'sqs:*'] });
    expect(matchesAction('s3:GetObject')).toBe(false);
    expect(matchesAction('dynamodb:GetItem')).toBe(true);
  });
});

describe('a resource', () => {
  it('matches if one of several does', () => {
    const { matchesResource } = statement({ Resource: [TABLE, `${TABLE}/index/*`] });
    expect(matchesResource(`${TABLE}/index/gsi1`)).toBe(true);
    expect(matchesResource(`${TABLE}-2`)).toBe(false);
  });

  it('that is excluded matches all others', () => {
    const { matchesResource } = statement({ Resource: undefined, NotResource: [`${TABLE}*`] });
    expect(matchesResource(`${TABLE}/index/gsi1`)).toBe(false);
    expect(matchesResource('arn:aws:s3:::bucket')).toBe(true);
  });

  it('of everything matches actions without a resource too', () => {
    expect(statement({ Resource: '*' }).matchesResource('*')).toBe(true);
    expect(statement({ Resource: TABLE }).matchesResource('*')).toBe(false);
  });
});

describe('a policy', () => {
  it('has a reference for each statement', () => {
    const Statement = [READ, { ...READ, Sid: 'Second' }];
    const policy = parsePolicy('shop/P', { Version: '2012-10-17', Statement }, 'identity');
    expect(policy.statements.map(({ reference }) => reference)).toEqual([
      { kind: 'identity', policy: 'shop/P', index: 0 },
      { kind: 'identity', policy: 'shop/P', index: 1, sid: 'Second' },
    ]);
  });

  it('may have one statement that is not in a list', () => {
    const document = { Version: '2012-10-17', Id: 'id', Statement: READ };
    expect(parsePolicy('P', document, 'identity').statements).toHaveLength(1);
  });

  it.each([
    ['a text', 'the policy is not an object'],
    [{ Version: '2008-10-17', Statement: [READ] }, 'the version 2008-10-17'],
    [{ Statement: [READ] }, 'the version undefined'],
    [{ Version: '2012-10-17', Statement: [] }, 'there is no statement'],
    [{ Version: '2012-10-17', Statement: [READ], Expires: 1 }, 'the element Expires'],
  ])('%j is rejected by name', (document, fault) => {
    expect(() => parsePolicy('shop/P', document, 'identity')).toThrow(`shop/P: ${fault}`);
  });
});

const QUEUE_PRINCIPAL = { Principal: { Service: 'events.amazonaws.com' } };

describe('a statement', () => {
  it.each<[PolicyKind, object, string]>([
    ['identity', { Effect: 'allow' }, 'the effect allow does not exist'],
    ['identity', { Expires: 'never' }, 'the element Expires is not supported'],
    ['identity', { Action: undefined }, 'either Action or NotAction'],
    ['identity', { Action: [] }, 'either Action or NotAction'],
    ['identity', { NotAction: 'sqs:*' }, 'either Action or NotAction'],
    ['identity', { Action: 'GetItem' }, '"GetItem" is not an action'],
    ['identity', { Action: 'dyn*:GetItem' }, '"dyn*:GetItem" is not an action'],
    ['identity', { Resource: undefined }, 'either Resource or NotResource'],
    ['identity', { Resource: { Ref: 'Table' } }, 'a value of Resource is not a string'],
    ['identity', { Resource: 'orders' }, 'the resource "orders" is not an ARN'],
    ['identity', { Resource: 'arn:aws:dyn*:::table' }, 'must name its service'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    ['identity', { Resource: 'arn:aws:s3:::b/${aws:userid}' }, '${aws:userid} is not supported'],
    ['identity', QUEUE_PRINCIPAL, 'an identity-based policy has no Principal'],
    ['resource', {}, 'either Principal or NotPrincipal'],
    ['resource', { NotPrincipal: { AWS: '*' } }, 'NotPrincipal is only supported with'],
    ['resource', { Principal: { Federated: 'example.com' } }, 'the type Federated'],
    ['resource', { Principal: { AWS: 'arn:aws:iam::111122223333:user/a' } }, 'user/a" is not'],
    ['resource', { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }, 'role/*" is not'],
    ['resource', { Principal: { Service: 'events' } }, 'the principal Service "events"'],
    ['resource', { Principal: {} }, 'no principal is named'],
    ['resource', { Principal: 'events.amazonaws.com' }, 'neither "*" nor an object'],
    ['trust', QUEUE_PRINCIPAL, 'a trust policy has no Resource'],
  ])('of an %s policy with %j is rejected by name', (kind, change, fault) => {
    expect(() => statement(change, kind)).toThrow(PolicyError);
    expect(() => statement(change, kind)).toThrow(fault);
    expect(() => statement(change, kind)).toThrow('shop/Policy, statement 0');
  });
});
