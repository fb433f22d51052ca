import { describe, expect, it } from 'vitest';
import { errorResponse, type Protocol } from '../endpoint/index.ts';
import { authorize } from './authorize.ts';
import { deniedError, functionUrlForbidden, unknownKeyError } from './denied.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Policy, PolicyKind, Principal } from './types.ts';

const worker: Principal = {
  kind: 'role',
  roleArn: 'arn:aws:iam::111122223333:role/shop/worker',
  sessionName: 'shop-worker',
};
const USER = 'arn:aws:sts::111122223333:assumed-role/worker/shop-worker';
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';

function denied(principal: Principal, action: string, resource: string, policies: Policy[] = []) {
  const decision = authorize(
    { principal, action, resource },
    {
      identity: policies.filter(({ kind }) => kind === 'identity'),
      resource: policies.filter(({ kind }) => kind === 'resource'),
    },
  );
  if (decision.allowed) throw new Error('The request is allowed');
  return deniedError(decision);
}
const denies = (kind: PolicyKind, Principal?: string) =>
  parsePolicy(
    kind,
    { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*', Principal } },
    kind,
  );
const withoutPrincipal = { Effect: 'Deny', Action: '*', Resource: '*' };
const identityDenies = parsePolicy(
  'P',
  { Version: '2012-10-17', Statement: withoutPrincipal },
  'identity',
);

describe('the message of a denied call', () => {
  it('names the principal, the action, the resource and what is missing', () => {
    expect(denied(worker, 'dynamodb:PutItem', TABLE).message).toBe(
      `User: ${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  it('names the policy that denies it', () => {
    expect(denied(worker, 'dynamodb:PutItem', TABLE, [identityDenies]).message).toBe(
      `User: ${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    );
    expect(denied(worker, 'dynamodb:PutItem', TABLE, [denies('resource', '*')]).message).toMatch(
      / with an explicit deny in a resource-based policy$/,
    );
  });

  it('names a service by its principal', () => {
    const events: Principal = { kind: 'service', service: 'events.amazonaws.com' };
    expect(
      denied(events, 'lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:1:function:f').message,
    ).toBe(
      'User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:1:function:f because no resource-based policy allows the lambda:InvokeFunction action',
    );
  });

  it('names a role that does not trust its caller', () => {
    expect(
      denied(worker, 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/other').message,
    ).toMatch(
      /on resource: arn:aws:iam::111122223333:role\/other because the role trust policy does not allow the sts:AssumeRole action$/,
    );
  });

  it('has no resource for an action on everything', () => {
    expect(denied(worker, 'secretsmanager:ListSecrets', '*').message).toBe(
      `User: ${USER} is not authorized to perform: secretsmanager:ListSecrets because no identity-based policy allows the secretsmanager:ListSecrets action`,
    );
  });
});

const REASON = (action: string) => `because no identity-based policy allows the ${action} action`;

describe('the response to a denied call', () => {
  it.each<[action: string, resource: string, protocol: Protocol, status: number, parts: string[]]>([
    [
      'dynamodb:GetItem',
      TABLE,
      'json',
      400,
      ['"__type":"AccessDeniedException"', `resource: ${TABLE} `],
    ],
    [
      'secretsmanager:GetSecretValue',
      'key',
      'json',
      400,
      ['"__type":"AccessDeniedException"', 'resource: key '],
    ],
    ['events:PutEvents', 'arn:bus', 'json', 400, ['"__type":"AccessDeniedException"']],
    ['logs:GetLogEvents', 'arn:group', 'json', 400, ['"__type":"AccessDeniedException"']],
    ['lambda:InvokeFunction', 'arn:function', 'json', 403, ['"__type":"AccessDeniedException"']],
    [
      'sqs:SendMessage',
      QUEUE,
      'json',
      403,
      ['"__type":"AccessDenied"', 'perform: sqs:sendmessage on'],
    ],
    [
      'sqs:SendMessage',
      QUEUE,
      'query',
      403,
      ['<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>'],
    ],
    [
      's3:GetObject',
      'arn:aws:s3:::b/k',
      'rest-xml',
      403,
      ['<Error><Code>AccessDenied</Code>', 'resource: &quot;arn:aws:s3:::b/k&quot; because'],
    ],
    ['cloudformation:DescribeStacks', 'arn:stack', 'query', 403, ['<Code>AccessDenied</Code>']],
    ['sts:TagSession', 'arn:role', 'query', 403, ['<Code>AccessDenied</Code>']],
  ])(
    '%s on %s in %s has the status and the code of its service',
    (action, resource, protocol, status, parts) => {
      const response = errorResponse(protocol, denied(worker, action, resource), 'id-1');
      expect(response.status).toBe(status);
      const written = action.startsWith('sqs:') ? action.toLowerCase() : action;
      for (const part of [
        ...parts,
        `User: ${USER} is not authorized to perform: ${written}`,
        REASON(written),
      ]) {
        expect(response.body).toContain(part);
      }
    },
  );
});

describe('an unknown access key', () => {
  it.each([
    ['dynamodb', 'UnrecognizedClientException', 400],
    ['events', 'UnrecognizedClientException', 400],
    ['lambda', 'UnrecognizedClientException', 403],
    ['sqs', 'InvalidClientTokenId', 403],
    ['sts', 'InvalidClientTokenId', 403],
    ['s3', 'InvalidAccessKeyId', 403],
  ])('is reported by %s as %s with %d', (service, code, status) => {
    expect(unknownKeyError(service)).toMatchObject({ code, status });
  });
});

it('a function URL names no principal', () => {
  const { status, headers, body } = functionUrlForbidden();
  expect(status).toBe(403);
  expect(headers).toMatchObject({ 'x-amzn-errortype': 'AccessDeniedException' });
  expect(JSON.parse(String(body)).Message).toMatch(/^Forbidden\. /);
});
