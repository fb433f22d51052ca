import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  allow,
  anonymous,
  BUCKET,
  decide,
  deny,
  events,
  KEY,
  outcome,
  policy,
  QUEUE,
  ROLE,
  RULE,
  SESSION,
  worker,
} from './testing/decide.ts';
import type { Policy, Principal, RequestContext } from './types.ts';

const identityAllows = policy('identity', allow('s3:GetObject', `${BUCKET}/*`));
const bucketAllows = policy(
  'resource',
  allow('s3:GetObject', `${BUCKET}/*`, { Principal: { AWS: ROLE } }),
);
const bucketAllowsAll = policy(
  'resource',
  allow('s3:GetObject', `${BUCKET}/*`, { Principal: '*' }),
);
const bucketDenies = policy(
  'resource',
  deny('s3:GetObject', `${BUCKET}/*`, { Principal: { AWS: ROLE } }),
);

describe('a service', () => {
  const ofRule = {
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
  };
  const queue = policy('resource', allow('sqs:SendMessage', QUEUE, ofRule));
  const insecure = {
    Principal: { AWS: '*' },
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const send = (principal: Principal, policies: Policy[], context?: RequestContext) =>
    outcome(decide(principal, 'sqs:SendMessage', QUEUE, policies, context));

  it('is allowed by the policy of the resource only', () => {
    expect(send(events, [queue])).toBe('allowed by resource');
    expect(send(events, [])).toBe('no resource policy');
  });

  it('is allowed only for the source that the policy names', () => {
    expect(send({ ...events, sourceArn: `${RULE}-2` }, [queue])).toBe('no resource policy');
    expect(send({ kind: 'service', service: 'events.amazonaws.com' }, [queue])).toBe(
      'no resource policy',
    );
    expect(send({ ...events, service: 's3.amazonaws.com' }, [queue])).toBe('no resource policy');
    expect(send(worker, [queue])).toBe('no identity policy');
  });

  it('is among all principals of a Deny', () => {
    const strict = policy('resource', deny('sqs:*', QUEUE, insecure));
    expect(send(events, [queue, strict])).toBe('allowed by resource');
    const http = { 'aws:SecureTransport': 'false' } as const;
    expect(send(events, [queue, strict], http)).toBe('denied by resource');
    expect(send(worker, [queue, strict], http)).toBe('denied by resource');
  });

  it('can be told from other principals by a condition', () => {
    const notServices = {
      Principal: '*',
      Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    };
    const strict = policy('resource', deny('sqs:*', QUEUE, notServices));
    expect(send(events, [queue, strict])).toBe('allowed by resource');
    expect(send(worker, [policy('identity', allow('sqs:*', QUEUE)), strict])).toBe(
      'denied by resource',
    );
  });
});

describe('a caller without credentials', () => {
  it('is allowed only by a policy for everybody', () => {
    expect(outcome(decide(anonymous, 's3:GetObject', `${BUCKET}/a`, [bucketAllowsAll]))).toBe(
      'allowed by resource',
    );
    expect(outcome(decide(anonymous, 's3:GetObject', `${BUCKET}/a`, [bucketAllows]))).toBe(
      'no resource policy',
    );
  });
});

describe('the root user', () => {
  it('is always allowed', () => {
    const root: Principal = { kind: 'root', account: ACCOUNT };
    expect(decide(root, 's3:GetObject', `${BUCKET}/a`, [bucketDenies])).toEqual({ allowed: true });
  });
});

/** "IAM role trust policies and KMS key policies are exceptions to this logic." */
describe('the policies that must allow a principal themselves', () => {
  const lambda: Principal = { kind: 'service', service: 'lambda.amazonaws.com' };
  const trust = policy(
    'trust',
    allow('sts:AssumeRole', undefined, { Principal: { Service: 'lambda.amazonaws.com' } }),
  );
  const assume = (principal: Principal, policies: Policy[]) =>
    outcome(decide(principal, 'sts:AssumeRole', ROLE, policies));

  it('let a service assume a role that trusts it', () => {
    expect(assume(lambda, [trust])).toBe('allowed by trust');
    expect(assume(events, [trust])).toBe('no trust policy');
    expect(assume(lambda, [])).toBe('no trust policy');
  });

  it('do not let a role assume another by its own policy alone', () => {
    const mayAssume = policy('identity', allow('sts:AssumeRole', '*'));
    const trustsAccount = policy(
      'trust',
      allow('sts:AssumeRole', undefined, { Principal: { AWS: ACCOUNT } }),
    );
    const trustsWorker = policy(
      'trust',
      allow('sts:AssumeRole', undefined, { Principal: { AWS: ROLE } }),
    );
    expect(assume(worker, [mayAssume, trust])).toBe('no trust policy');
    expect(assume(worker, [mayAssume, trustsAccount])).toBe('allowed by identity');
    expect(assume(worker, [trustsAccount])).toBe('no trust policy');
    expect(assume(worker, [trustsWorker])).toBe('allowed by trust');
  });

  it('delegate the use of a KMS key to the account', () => {
    const mayDecrypt = policy('identity', allow('kms:Decrypt', KEY));
    const delegates = policy(
      'resource',
      allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
    );
    const decrypt = (policies: Policy[]) => outcome(decide(worker, 'kms:Decrypt', KEY, policies));
    expect(decrypt([mayDecrypt])).toBe('no resource policy');
    expect(decrypt([delegates])).toBe('no resource policy');
    expect(decrypt([mayDecrypt, delegates])).toBe('allowed by identity');
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
describe('NotPrincipal', () => {
  const bucketExcept = (...AWS: string[]) =>
    policy('resource', deny('s3:*', `${BUCKET}/*`, { NotPrincipal: { AWS } }));
  const read = (principal: Principal, bucket: Policy) =>
    outcome(decide(principal, 's3:GetObject', `${BUCKET}/a`, [identityAllows, bucket]));

  it('excepts a session if its account, its role and itself are named', () => {
    expect(read(worker, bucketExcept(ACCOUNT, ROLE, SESSION))).toBe('allowed by identity');
    expect(read(worker, bucketExcept(ROLE, SESSION))).toBe('denied by resource');
    expect(read(worker, bucketExcept(ACCOUNT, ROLE))).toBe('denied by resource');
    expect(read(worker, bucketExcept(ACCOUNT))).toBe('denied by resource');
    expect(read(anonymous, bucketExcept(ACCOUNT, ROLE, SESSION))).toBe('denied by resource');
  });

  it('excepts a service that is named', () => {
    const queue = policy(
      'resource',
      allow('sqs:SendMessage', QUEUE, { Principal: { Service: 'events.amazonaws.com' } }),
    );
    const except = (Service: string) =>
      policy('resource', deny('sqs:*', QUEUE, { NotPrincipal: { Service } }));
    const send = (other: Policy) =>
      outcome(decide(events, 'sqs:SendMessage', QUEUE, [queue, other]));
    expect(send(except('events.amazonaws.com'))).toBe('allowed by resource');
    expect(send(except('s3.amazonaws.com'))).toBe('denied by resource');
  });
});
