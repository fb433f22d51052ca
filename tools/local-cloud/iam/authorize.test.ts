import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  allow,
  BUCKET,
  decide,
  deny,
  outcome,
  policy,
  ROLE,
  SESSION,
  worker,
} from './testing/decide.ts';
import type { Policy, Principal } from './types.ts';

const identityAllows = policy('identity', allow('s3:GetObject', `${BUCKET}/*`));
const identityDenies = policy('identity', deny('s3:*', `${BUCKET}/*`));
const bucketAllows = policy(
  'resource',
  allow('s3:GetObject', `${BUCKET}/*`, { Principal: { AWS: ROLE } }),
);
const bucketAllowsSession = policy(
  'resource',
  allow('s3:GetObject', `${BUCKET}/*`, { Principal: { AWS: SESSION } }),
);
const bucketAllowsAccount = policy(
  'resource',
  allow('s3:GetObject', `${BUCKET}/*`, { Principal: { AWS: ACCOUNT } }),
);
const bucketAllowsAll = policy(
  'resource',
  allow('s3:GetObject', `${BUCKET}/*`, { Principal: '*' }),
);
const bucketDenies = policy(
  'resource',
  deny('s3:GetObject', `${BUCKET}/*`, { Principal: { AWS: ROLE } }),
);
const bucketDeniesAccount = policy(
  'resource',
  deny('s3:*', `${BUCKET}/*`, { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
describe('a role in its own account', () => {
  it.each<[string, Policy[], string]>([
    ['is denied by default', [], 'no identity policy'],
    ['is allowed by its own policy alone', [identityAllows], 'allowed by identity'],
    ['is allowed by the policy of the resource alone', [bucketAllows], 'allowed by resource'],
    ['is allowed as a session by the resource', [bucketAllowsSession], 'allowed by resource'],
    ['is allowed as anybody by the resource', [bucketAllowsAll], 'allowed by resource'],
    ['is not allowed by naming its account', [bucketAllowsAccount], 'no identity policy'],
    [
      'needs its own policy if its account is named',
      [bucketAllowsAccount, identityAllows],
      'allowed by identity',
    ],
    ['is denied by its own policy', [identityAllows, identityDenies], 'denied by identity'],
    [
      'is denied by its own policy, whatever the resource allows',
      [identityDenies, bucketAllows],
      'denied by identity',
    ],
    [
      'is denied by the resource, whatever its own policy allows',
      [identityAllows, bucketDenies],
      'denied by resource',
    ],
    [
      'is denied by the resource that also allows it',
      [bucketAllows, bucketDenies],
      'denied by resource',
    ],
    [
      'is denied by naming its account',
      [identityAllows, bucketDeniesAccount],
      'denied by resource',
    ],
  ])('%s', (_, policies, expected) => {
    expect(outcome(decide(worker, 's3:GetObject', `${BUCKET}/a`, policies))).toBe(expected);
  });

  it('is allowed by the first statement that matches action, resource and conditions', () => {
    const mixed = policy(
      'identity',
      allow('s3:PutObject', `${BUCKET}/*`),
      allow('s3:GetObject', `${BUCKET}/other/*`),
      allow('s3:GetObject', `${BUCKET}/*`, {
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      allow('s3:Get*', `${BUCKET}/*`, { Sid: 'Read' }),
      allow('s3:GetObject', `${BUCKET}/*`),
    );
    const { by } = decide(worker, 's3:GetObject', `${BUCKET}/a`, [mixed]);
    expect(by).toEqual({ kind: 'identity', policy: 'identity', index: 3, sid: 'Read' });
  });

  it('is known to conditions by its role', () => {
    const onlyRole = { Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } };
    const bucket = policy('resource', allow('s3:GetObject', `${BUCKET}/*`, onlyRole));
    expect(decide(worker, 's3:GetObject', `${BUCKET}/a`, [bucket]).allowed).toBe(true);
    const other: Principal = { ...worker, roleArn: `${ROLE}-2` };
    expect(decide(other, 's3:GetObject', `${BUCKET}/a`, [bucket]).allowed).toBe(false);
  });

  it('makes its calls over HTTPS', () => {
    const secure = policy(
      'identity',
      allow('s3:GetObject', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    );
    expect(outcome(decide(worker, 's3:GetObject', `${BUCKET}/a`, [secure]))).toBe(
      'allowed by identity',
    );
    const http = { 'aws:SecureTransport': 'false' } as const;
    expect(outcome(decide(worker, 's3:GetObject', `${BUCKET}/a`, [secure], http))).toBe(
      'no identity policy',
    );
  });

  it('may do nothing with another role of the same name under another path', () => {
    const other: Principal = { ...worker, roleArn: `arn:aws:iam::${ACCOUNT}:role/worker` };
    expect(decide(other, 's3:GetObject', `${BUCKET}/a`, [bucketAllows]).allowed).toBe(false);
  });
});

/** The example of Carlos and his bucket in "Policy evaluation for requests within a single account". */
describe("the example of AWS's guide", () => {
  const user = policy(
    'identity',
    allow('s3:ListBucket', '*', { Sid: 'AllowS3ListRead' }),
    allow('s3:*', `${BUCKET}/*`, { Sid: 'AllowS3Self' }),
    deny('s3:*', 'arn:aws:s3:::*log*', { Sid: 'DenyS3Logs' }),
  );
  const bucket = policy('resource', allow('s3:*', `${BUCKET}/*`, { Principal: { AWS: ROLE } }));

  it('denies what one policy denies and two policies allow', () => {
    const decision = decide(worker, 's3:PutObject', `${BUCKET}/report`, [user, bucket]);
    expect(decision).toMatchObject({ allowed: false, by: { sid: 'DenyS3Logs' } });
  });

  it('allows what nothing denies', () => {
    const decision = decide(worker, 's3:ListBucket', 'arn:aws:s3:::pictures', [user, bucket]);
    expect(decision).toMatchObject({ allowed: true, by: { sid: 'AllowS3ListRead' } });
  });
});
