import { expect, it } from 'vitest';
import { type PolicyKind, parsePolicy } from '../iam/index.ts';
import { TemplatePermissions } from './permissions.ts';

const ACCOUNT = '000000000000';
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
const BUCKET = 'arn:aws:s3:::pictures';
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/items`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/own`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Worker`;

let parsed = 0;
const policy = (kind: PolicyKind, ...statements: object[]) =>
  parsePolicy(`policy ${parsed++}`, { Version: '2012-10-17', Statement: statements }, kind);
const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  ...(Resource === '' ? {} : { Resource }),
  ...more,
});

/** A role that may use the queue, the bucket, the table, and what is given. */
function permissionsWith(...statements: object[]): TemplatePermissions {
  const operator = { accessKeyId: 'test', secretAccessKey: 'test' };
  const permissions = new TemplatePermissions({
    accountId: ACCOUNT,
    operator,
    isEnforced: true,
    log: () => {},
  });
  const { policies } = permissions;
  const lambda = { Principal: { Service: 'lambda.amazonaws.com' } };
  const trust = policy('trust', allow('sts:AssumeRole', '', lambda));
  policies.addRole({ arn: ROLE, name: 'Worker', id: 'AROA', trust });
  const own = allow(['sqs:*', 's3:*', 'dynamodb:*'], '*');
  policies.attach(policy('identity', own, ...statements), ['Worker']);
  const root = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
  const events = {
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
  };
  const keyPolicy = [
    allow('kms:*', '*', root),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', events),
  ];
  policies.attach(policy('resource', ...keyPolicy), [KEY]);
  for (const resource of [QUEUE, BUCKET, TABLE]) permissions.encrypt(resource, KEY);
  return permissions;
}

const worker = (...statements: object[]) =>
  permissionsWith(...statements).actAs(ROLE, 'lambda.amazonaws.com', 'one');

it.each([
  ['sqs:SendMessage', QUEUE, 'kms:GenerateDataKey', 'KmsAccessDenied'],
  ['sqs:ReceiveMessage', QUEUE, 'kms:Decrypt', 'KmsAccessDenied'],
  ['s3:PutObject', `${BUCKET}/originals/1`, 'kms:GenerateDataKey', 'AccessDenied'],
  ['s3:GetObject', `${BUCKET}/originals/1`, 'kms:Decrypt', 'AccessDenied'],
  ['dynamodb:PutItem', TABLE, 'kms:Decrypt', 'AccessDeniedException'],
  ['dynamodb:Query', `${TABLE}/index/gsi1`, 'kms:Decrypt', 'AccessDeniedException'],
  ['dynamodb:GetRecords', `${TABLE}/stream/1`, 'kms:Decrypt', 'AccessDeniedException'],
])('%s of %s needs %s, and fails with the code %s', (action, resource, needed, code) => {
  const needs = [{ action, resource }];
  expect(() => worker().require(needs)).toThrow(
    expect.objectContaining({
      code,
      message: expect.stringContaining(
        `is not authorized to perform: ${needed} on resource: ${KEY}`,
      ),
    }),
  );
  expect(worker().may(needs)).toBe(false);
  const keys = allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY);
  expect(() => worker(keys).require(needs)).not.toThrow();
  expect(worker(keys).may(needs)).toBe(true);
});

it('the deletion of a message needs no key, and neither does a resource without one', () => {
  worker().require([{ action: 'sqs:DeleteMessage', resource: QUEUE }]);
  worker().require([{ action: 'sqs:SendMessage', resource: `${QUEUE}-plain` }]);
});

it("a service needs the key's own policy", () => {
  const permissions = permissionsWith();
  const admits = (service: string) =>
    policy('resource', allow('sqs:SendMessage', QUEUE, { Principal: { Service: service } }));
  const rule = `arn:aws:events:us-east-1:${ACCOUNT}:rule/one`;
  const send = [{ action: 'sqs:SendMessage', resource: QUEUE }];
  permissions.policies.attach(admits('events.amazonaws.com'), [QUEUE]);
  expect(permissions.service('events.amazonaws.com', rule).may(send)).toBe(true);
  permissions.policies.attach(admits('scheduler.amazonaws.com'), [QUEUE]);
  expect(permissions.service('scheduler.amazonaws.com', rule).may(send)).toBe(false);
});
