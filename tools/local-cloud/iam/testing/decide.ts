import { authorize } from '../authorize.ts';
import { parsePolicy } from '../parse-policy.ts';
import type {
  Anonymous,
  Decision,
  Policy,
  PolicyKind,
  Principal,
  RequestContext,
  RoleSession,
  ServicePrincipal,
} from '../types.ts';

export const ACCOUNT = '111122223333';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/shop/worker`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session-1`;
export const BUCKET = 'arn:aws:s3:::logs';
export const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`;
export const RULE = `arn:aws:events:us-east-1:${ACCOUNT}:rule/orders`;

export const worker: RoleSession = { kind: 'role', roleArn: ROLE, sessionName: 'session-1' };
export const events: ServicePrincipal = {
  kind: 'service',
  service: 'events.amazonaws.com',
  sourceArn: RULE,
};
export const anonymous: Anonymous = { kind: 'anonymous' };

export const policy = (kind: PolicyKind, ...Statement: readonly object[]): Policy =>
  parsePolicy(kind, { Version: '2012-10-17', Statement }, kind);
export const allow = (Action: string, Resource?: string, more = {}) => ({
  Effect: 'Allow',
  Action,
  ...(Resource ? { Resource } : {}),
  ...more,
});
export const deny = (Action: string, Resource: string, more = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

export function decide(
  principal: Principal,
  action: string,
  resource: string,
  policies: readonly Policy[],
  context?: RequestContext,
): Decision {
  return authorize(
    { principal, action, resource, ...(context ? { context } : {}) },
    {
      identity: policies.filter(({ kind }) => kind === 'identity'),
      resource: policies.filter(({ kind }) => kind !== 'identity'),
    },
  );
}
/** The decision in one word: the kind of policy that made it, or what was missing. */
export function outcome(decision: Decision): string {
  const kind = decision.by?.kind;
  if (decision.allowed) return `allowed by ${kind ?? 'nothing'}`;
  return kind ? `denied by ${kind}` : `no ${decision.missing} policy`;
}
