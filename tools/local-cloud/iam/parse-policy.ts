import { isObject } from '../is-object.ts';
import { compileConditions } from './conditions.ts';
import { type Fault, PolicyError, rejectVariables } from './policy-error.ts';
import { compileNotPrincipal, compilePrincipal } from './principals.ts';
import type { Policy, PolicyKind, Statement } from './types.ts';
import { compileResource, compileWildcard, hasWildcard, partsOf } from './wildcard.ts';

const ELEMENTS = [
  ...['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource'],
  ...['Principal', 'NotPrincipal', 'Condition'],
];

/**
 * Parses a policy document and compiles its statements. It rejects each element, principal,
 * condition operator, condition key and policy variable that the evaluator does not support.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 * @param name identifies the policy in decisions and messages
 * @throws PolicyError
 */
export function parsePolicy(name: string, document: unknown, kind: PolicyKind): Policy {
  const fault: Fault = (text) => new PolicyError(name, text);
  if (!isObject(document)) throw fault('the policy is not an object');
  const { Version, Statement, Id: _, ...others } = document;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw fault(`the element ${unknown} is not supported`);
  if (Version !== '2012-10-17') throw fault(`the version ${Version} is not supported`);
  const statements = [Statement ?? []].flat();
  if (statements.length === 0) throw fault('there is no statement');
  return {
    name,
    kind,
    statements: statements.map((one, index) => parseStatement(one, { kind, policy: name, index })),
  };
}

function parseStatement(
  statement: unknown,
  position: { kind: PolicyKind; policy: string; index: number },
): Statement {
  const { kind, policy, index } = position;
  const fault: Fault = (text) => new PolicyError(`${policy}, statement ${index}`, text);
  if (!isObject(statement)) throw fault('it is not an object');
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined) throw fault(`the element ${unknown} is not supported`);
  const { Sid, Effect, Condition } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw fault(`the effect ${Effect} does not exist`);
  return {
    reference: { ...position, ...(typeof Sid === 'string' ? { sid: Sid } : {}) },
    effect: Effect,
    matchesAction: matcher(statement, 'Action', fault, compileAction),
    matchesResource:
      kind === 'trust'
        ? withoutResource(statement, fault)
        : matcher(statement, 'Resource', fault, compileResourceElement),
    matchesPrincipal: principalMatcher(statement, kind, fault),
    matchesConditions: Condition === undefined ? () => true : compileConditions(Condition, fault),
  };
}

type Matcher = (text: string) => boolean;

/** Compiles an element, or its negation with `Not`. A statement must have exactly one of them. */
function matcher(
  statement: Record<string, unknown>,
  element: 'Action' | 'Resource',
  fault: Fault,
  compile: (text: string, fault: Fault) => Matcher,
): Matcher {
  const negated = statement[`Not${element}`];
  const values = [statement[element] ?? negated ?? []].flat();
  if ((statement[element] === undefined) === (negated === undefined) || values.length === 0) {
    throw fault(`it must have either ${element} or Not${element}`);
  }
  const tests = values.map((value) => {
    if (typeof value !== 'string') throw fault(`a value of ${element} is not a string`);
    rejectVariables(value, fault);
    return compile(value, fault);
  });
  const wanted = negated === undefined;
  return (text) => tests.some((test) => test(text)) === wanted;
}

/** The trust policy of a role applies to that role. */
function withoutResource(statement: Record<string, unknown>, fault: Fault): Matcher {
  if (statement.Resource !== undefined || statement.NotResource !== undefined) {
    throw fault('a trust policy has no Resource');
  }
  return () => true;
}

/**
 * Compiles an action. Its service and its name are not case-sensitive, and only the name may have
 * wildcards.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
function compileAction(action: string, fault: Fault): Matcher {
  if (action === '*') return () => true;
  if (!/^[a-z0-9-]+:[a-z0-9*?]+$/i.test(action)) throw fault(`"${action}" is not an action`);
  const test = compileWildcard(action.toLowerCase());
  return (text) => test(text.toLowerCase());
}

function compileResourceElement(resource: string, fault: Fault): Matcher {
  if (resource === '*') return () => true;
  const [scheme, , service] = partsOf(resource);
  if (scheme !== 'arn') throw fault(`the resource "${resource}" is not an ARN`);
  if (service === undefined || service === '' || hasWildcard(service)) {
    throw fault(`the resource "${resource}" must name its service without wildcards`);
  }
  return compileResource(resource);
}

function principalMatcher(
  { Principal, NotPrincipal, Effect }: Record<string, unknown>,
  kind: PolicyKind,
  fault: Fault,
): Statement['matchesPrincipal'] {
  if (kind === 'identity') {
    if (Principal === undefined && NotPrincipal === undefined) return () => 'directly';
    throw fault('an identity-based policy has no Principal');
  }
  if ((Principal === undefined) === (NotPrincipal === undefined)) {
    throw fault('it must have either Principal or NotPrincipal');
  }
  if (NotPrincipal === undefined) return compilePrincipal(Principal, fault);
  if (kind === 'trust' || Effect === 'Allow') {
    throw fault('NotPrincipal is only supported with the effect Deny on a resource');
  }
  return compileNotPrincipal(NotPrincipal, fault);
}
