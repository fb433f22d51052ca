import { describe, expect, it } from 'vitest';
import { compileConditions } from './conditions.ts';
import { PolicyError } from './policy-error.ts';
import type { RequestContext } from './types.ts';

const RULE = 'arn:aws:events:us-east-1:111122223333:rule/bus/orders';
const context: RequestContext = {
  'aws:SourceArn': RULE,
  'aws:SourceAccount': '111122223333',
  'aws:SecureTransport': 'true',
};
const holds = (condition: unknown, of: RequestContext = context) =>
  compileConditions(condition, (text) => new PolicyError('policy', text))(of);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe('a condition', () => {
  it.each([
    ['StringEquals', 'aws:SourceAccount', '111122223333', true],
    ['StringEquals', 'aws:SourceAccount', '11112222333?', false],
    ['StringEquals', 'aws:SourceArn', RULE.toUpperCase(), false],
    ['StringEquals', 'aws:SourceAccount', ['444455556666', '111122223333'], true],
    ['StringNotEquals', 'aws:SourceAccount', '111122223333', false],
    ['StringNotEquals', 'aws:SourceAccount', ['444455556666', '111122223333'], false],
    ['StringNotEquals', 'aws:SourceAccount', ['444455556666', '777788889999'], true],
    ['StringLike', 'aws:SourceAccount', '1111*', true],
    ['StringLike', 'aws:SourceAccount', '1111?', false],
    ['StringNotLike', 'aws:SourceAccount', '1111*', false],
    ['ArnEquals', 'aws:SourceArn', RULE, true],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:*:archive/*', false],
    ['ArnNotEquals', 'aws:SourceArn', RULE, false],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:events:*:*:archive/*', true],
    ['Bool', 'aws:SecureTransport', 'true', true],
    ['Bool', 'aws:SecureTransport', 'false', false],
    ['Bool', 'aws:SecureTransport', true, true],
    ['Null', 'aws:SourceArn', 'false', true],
    ['Null', 'aws:SourceArn', 'true', false],
    ['Null', 'aws:PrincipalArn', 'true', true],
  ])('%s %s %j: %s', (operator, key, value, expected) => {
    expect(holds({ [operator]: { [key]: value } })).toBe(expected);
  });

  it.each([
    ['StringEquals', false],
    ['StringLike', false],
    ['ArnEquals', false],
    ['Bool', false],
    ['StringNotEquals', true],
    ['StringNotLike', true],
    ['ArnNotEquals', true],
    ['StringEqualsIfExists', true],
    ['ArnLikeIfExists', true],
    ['BoolIfExists', true],
  ])('%s of a key that the request does not have: %s', (operator, expected) => {
    expect(holds({ [operator]: { 'aws:PrincipalArn': RULE } })).toBe(expected);
  });

  it('with IfExists still compares a key that the request has', () => {
    expect(holds({ StringEqualsIfExists: { 'aws:SourceAccount': '444455556666' } })).toBe(false);
  });

  it('holds only if all of its operators and keys match', () => {
    const both = { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': RULE };
    expect(holds({ StringEquals: both })).toBe(true);
    expect(holds({ StringEquals: { ...both, 'aws:SourceArn': `${RULE}2` } })).toBe(false);
    const secure = { Bool: { 'aws:SecureTransport': 'false' } };
    expect(holds({ StringEquals: both, ...secure })).toBe(false);
  });

  it('may write a key in any case', () => {
    expect(holds({ ArnEquals: { 'AWS:sourcearn': RULE } })).toBe(true);
  });

  it.each([
    [{ NumericEquals: { 'aws:SourceArn': '1' } }, 'the condition operator NumericEquals'],
    [{ 'ForAnyValue:StringEquals': { 'aws:SourceArn': '1' } }, 'ForAnyValue:StringEquals'],
    [{ NullIfExists: { 'aws:SourceArn': 'true' } }, 'NullIfExists'],
    [{ constructor: { 'aws:SourceArn': '1' } }, 'constructor'],
    [{ StringEquals: { 's3:prefix': 'a' } }, 'the condition key s3:prefix'],
    [{ StringEquals: { 'aws:SourceArn': 1 } }, 'neither a string nor a boolean'],
    [{ StringEquals: { 'aws:SourceArn': [] } }, 'has no values'],
    [{ ArnEquals: { 'aws:SourceArn': 'orders' } }, '"orders", is not an ARN'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    [{ StringEquals: { 'aws:SourceArn': '${aws:username}' } }, '${aws:username} is not supported'],
    [{ StringEquals: 'a' }, 'StringEquals is not an object'],
    [[], 'Condition is not an object'],
  ])('%j is rejected by name', (condition, fault) => {
    expect(() => holds(condition)).toThrow(PolicyError);
    expect(() => holds(condition)).toThrow(fault);
  });
});
