import { principalContext } from './principals.ts';
import type {
  ApplicablePolicies,
  AuthorizationRequest,
  Decision,
  Denied,
  Policy,
  PolicyKind,
  Principal,
  RequestContext,
  Statement,
  StatementReference,
} from './types.ts';

/**
 * Decides a request as AWS does within one account. A matching Deny in any policy denies it.
 * Otherwise one Allow is enough, in the policies of the principal or in those of the resource. Two
 * kinds of resource policies must allow the principal themselves: the trust policies of roles and
 * the policies of KMS keys. If such a policy names the account only, it delegates: a policy of the
 * principal must also allow the request.
 *
 * Permissions boundaries, session policies and the policies of organizations are not modelled.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function authorize(request: AuthorizationRequest, policies: ApplicablePolicies): Decision {
  const { principal } = request;
  if (principal.kind === 'root') return { allowed: true };
  const context = contextOf(request);
  const applies = (statement: Statement) => isApplicable(statement, request, context);
  const denied = (by?: StatementReference): Denied => ({
    allowed: false,
    request,
    missing: missingKind(request),
    ...(by ? { by } : {}),
  });

  const deny = find([...policies.resource, ...policies.identity], 'Deny', applies);
  if (deny) return denied(deny.reference);

  const ofResource = find(
    policies.resource,
    'Allow',
    (statement) => applies(statement) && statement.matchesPrincipal(principal) === 'directly',
  );
  if (ofResource) return { allowed: true, by: ofResource.reference };

  if (needsResourcePolicy(request.action) && !find(policies.resource, 'Allow', applies)) {
    return denied();
  }
  const ofIdentity = find(policies.identity, 'Allow', applies);
  return ofIdentity ? { allowed: true, by: ofIdentity.reference } : denied();
}

/**
 * The context of a request, with the keys of its principal. AWS sets `aws:SecureTransport` on every
 * request. The local endpoint speaks plain HTTP in place of AWS's HTTPS, so the key is true here.
 */
function contextOf({ principal, context }: AuthorizationRequest): RequestContext {
  return { 'aws:SecureTransport': 'true', ...principalContext(principal), ...context };
}

function isApplicable(
  statement: Statement,
  { principal, action, resource }: AuthorizationRequest,
  context: RequestContext,
): boolean {
  return (
    statement.matchesAction(action) &&
    statement.matchesResource(resource) &&
    statement.matchesPrincipal(principal) !== undefined &&
    statement.matchesConditions(context)
  );
}

function find(
  policies: readonly Policy[],
  effect: Statement['effect'],
  test: (statement: Statement) => boolean,
): Statement | undefined {
  for (const { statements } of policies) {
    for (const statement of statements) {
      if (statement.effect === effect && test(statement)) return statement;
    }
  }
  return undefined;
}

/** Whether the policy of the resource must allow the principal or its account. */
function needsResourcePolicy(action: string): boolean {
  return action === 'sts:AssumeRole' || action.startsWith('kms:');
}

/** The kind of policy that AWS names when nothing allowed a request. */
function missingKind({ action, principal }: AuthorizationRequest): PolicyKind {
  if (action === 'sts:AssumeRole') return 'trust';
  return hasIdentityPolicies(principal) && !needsResourcePolicy(action) ? 'identity' : 'resource';
}

function hasIdentityPolicies({ kind }: Principal): boolean {
  return kind === 'role';
}
