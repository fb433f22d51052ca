import { isObject } from '../is-object.ts';
import type { Fault } from './policy-error.ts';
import type { Principal, RequestContext, Statement } from './types.ts';
import { hasWildcard } from './wildcard.ts';

/**
 * The ARN under which a session of a role makes its calls. The path of the role is not part of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function sessionArn(roleArn: string, sessionName: string): string {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `arn:aws:sts::${accountOf(roleArn)}:assumed-role/${name}/${sessionName}`;
}

/** The name of a principal in messages. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
      return sessionArn(principal.roleArn, principal.sessionName);
    case 'service':
      return principal.service;
    case 'anonymous':
      return 'anonymous';
    case 'root':
      return rootArn(principal.account);
  }
}

/**
 * The keys that describe a principal. `aws:PrincipalArn` is the role, not its session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
export function principalContext(principal: Principal): RequestContext {
  if (principal.kind === 'role') {
    return {
      'aws:PrincipalArn': principal.roleArn,
      'aws:PrincipalAccount': accountOf(principal.roleArn),
      'aws:PrincipalIsAWSService': 'false',
    };
  }
  if (principal.kind !== 'service') return { 'aws:PrincipalIsAWSService': 'false' };
  const { service, sourceArn, sourceAccount } = principal;
  return {
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': service,
    ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
    ...(sourceAccount === undefined ? {} : { 'aws:SourceAccount': sourceAccount }),
  };
}

type MatchPrincipal = Statement['matchesPrincipal'];

/**
 * Compiles a `Principal` element: `*`, or lists of services and of ARNs and accounts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipal(element: unknown, fault: Fault): MatchPrincipal {
  const named = namedPrincipals(element, fault);
  return (principal) => {
    if (named.has('*')) return 'directly';
    const { own, account } = namesOf(principal);
    if (own.some((name) => named.has(name))) return 'directly';
    return account.some((name) => named.has(name)) ? 'by account' : undefined;
  };
}

/**
 * Compiles a `NotPrincipal` element. It excepts a session only if it names the session, its role
 * and its account, because AWS may check each of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function compileNotPrincipal(element: unknown, fault: Fault): MatchPrincipal {
  const named = namedPrincipals(element, fault);
  return (principal) => {
    const { own, account } = namesOf(principal);
    const isExcepted =
      own.length > 0 &&
      own.every((name) => named.has(name)) &&
      (account.length === 0 || account.some((name) => named.has(name)));
    return isExcepted ? undefined : 'directly';
  };
}

/** The names of a principal in policies, and the names of its account. */
function namesOf(principal: Principal): { own: readonly string[]; account: readonly string[] } {
  switch (principal.kind) {
    case 'role': {
      const account = accountOf(principal.roleArn);
      const session = sessionArn(principal.roleArn, principal.sessionName);
      return { own: [principal.roleArn, session], account: [account, rootArn(account)] };
    }
    case 'service':
      return { own: [principal.service], account: [] };
    case 'root':
      return { own: [], account: [principal.account, rootArn(principal.account)] };
    case 'anonymous':
      return { own: [], account: [] };
  }
}

const ACCOUNT = /^\d{12}$/;
const ARN = /^arn:aws:(iam::\d{12}:(root|role\/.+)|sts::\d{12}:assumed-role\/[^/]+\/[^/]+)$/;
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$/;

function namedPrincipals(element: unknown, fault: Fault): ReadonlySet<string> {
  if (element === '*') return new Set(['*']);
  if (!isObject(element)) throw fault('the principal is neither "*" nor an object');
  const names = Object.entries(element).flatMap(([type, values]) => {
    if (type !== 'AWS' && type !== 'Service') {
      throw fault(`principals of the type ${type} are not supported`);
    }
    return [values].flat().map((value) => knownName(type, value, fault));
  });
  if (names.length === 0) throw fault('no principal is named');
  return new Set(names);
}

function knownName(type: 'AWS' | 'Service', value: unknown, fault: Fault): string {
  const text = String(value);
  if (type === 'AWS' && text === '*') return text;
  const forms = type === 'AWS' ? [ACCOUNT, ARN] : [SERVICE];
  if (hasWildcard(text) || !forms.some((form) => form.test(text))) {
    throw fault(`the principal ${type} "${text}" is not supported`);
  }
  return text;
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
