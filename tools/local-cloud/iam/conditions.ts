import { isObject } from '../is-object.ts';
import { type Fault, rejectVariables } from './policy-error.ts';
import type { ContextKey, RequestContext } from './types.ts';
import { compileArnCondition, compileWildcard, partsOf } from './wildcard.ts';

/** Tests the value of a key. Undefined means that the request does not have the key. */
type KeyTest = (value: string | undefined) => boolean;
type Compare = (wanted: string) => (value: string) => boolean;

const exact: Compare = (wanted) => (value) => value === wanted;
/** `true` and `false` are compared without regard to case. */
const bool: Compare = (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase();

/** The supported operators. Negated operators match when none of the values does. */
const OPERATORS = new Map<string, { compare: Compare; negated?: true }>(
  Object.entries({
    StringEquals: { compare: exact },
    StringNotEquals: { compare: exact, negated: true },
    StringLike: { compare: compileWildcard },
    StringNotLike: { compare: compileWildcard, negated: true },
    ArnEquals: { compare: compileArnCondition },
    ArnLike: { compare: compileArnCondition },
    ArnNotEquals: { compare: compileArnCondition, negated: true },
    ArnNotLike: { compare: compileArnCondition, negated: true },
    Bool: { compare: bool },
  }),
);

/** The supported keys. Policies may write them in any case. */
const KEYS: Readonly<Record<ContextKey, true>> = {
  'aws:PrincipalAccount': true,
  'aws:PrincipalArn': true,
  'aws:PrincipalIsAWSService': true,
  'aws:PrincipalServiceName': true,
  'aws:SecureTransport': true,
  'aws:SourceAccount': true,
  'aws:SourceArn': true,
  'kms:EncryptionContext:aws:logs:arn': true,
  'lambda:FunctionUrlAuthType': true,
  'lambda:InvokedViaFunctionUrl': true,
};
const KEY_BY_LOWER_CASE = new Map(
  Object.keys(KEYS).map((key) => [key.toLowerCase(), key as ContextKey]),
);

/**
 * Compiles a `Condition` element. All of its keys must match. A key matches if one of its values
 * does. A key that the request does not have matches negated operators and `…IfExists` only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @param fault creates the error for an unsupported operator, key or value
 */
export function compileConditions(
  condition: unknown,
  fault: Fault,
): (context: RequestContext) => boolean {
  const tests = Object.entries(objectIn(condition, 'Condition', fault)).flatMap(
    ([operator, keys]) =>
      Object.entries(objectIn(keys, operator, fault)).map(([key, values]) => ({
        key: knownKey(key, fault),
        test: compileOperator(operator, valuesOf(values, `${operator} ${key}`, fault), fault),
      })),
  );
  return (context) => tests.every(({ key, test }) => test(context[key]));
}

function compileOperator(name: string, values: readonly string[], fault: Fault): KeyTest {
  if (name === 'Null') {
    const absent = values.map((value) => value.toLowerCase() === 'true');
    return (value) => absent.includes(value === undefined);
  }
  const ifExists = name.endsWith('IfExists');
  const operator = OPERATORS.get(ifExists ? name.slice(0, -'IfExists'.length) : name);
  if (!operator) throw fault(`the condition operator ${name} is not supported`);
  if (operator.compare === compileArnCondition) rejectOtherThanArns(name, values, fault);
  const tests = values.map(operator.compare);
  const { negated = false } = operator;
  return (value) =>
    value === undefined ? ifExists || negated : tests.some((test) => test(value)) !== negated;
}

function rejectOtherThanArns(operator: string, values: readonly string[], fault: Fault): void {
  const wrong = values.find((value) => partsOf(value).length < 6);
  if (wrong !== undefined) throw fault(`the value of ${operator}, "${wrong}", is not an ARN`);
}

function knownKey(key: string, fault: Fault): ContextKey {
  const known = KEY_BY_LOWER_CASE.get(key.toLowerCase());
  if (!known) throw fault(`the condition key ${key} is not supported`);
  return known;
}

function objectIn(value: unknown, name: string, fault: Fault): object {
  if (isObject(value)) return value;
  throw fault(`${name} is not an object`);
}

function valuesOf(value: unknown, name: string, fault: Fault): string[] {
  const values = [value].flat();
  if (values.length === 0) throw fault(`${name} has no values`);
  return values.map((one) => {
    if (typeof one !== 'string' && typeof one !== 'boolean') {
      throw fault(`a value of ${name} is neither a string nor a boolean`);
    }
    rejectVariables(String(one), fault);
    return String(one);
  });
}
