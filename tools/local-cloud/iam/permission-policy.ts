import { parsePolicy } from './parse-policy.ts';
import { PolicyError } from './policy-error.ts';
import type { Policy } from './types.ts';

type Permission = Readonly<Record<string, unknown>>;

/**
 * The policy that an `AWS::Lambda::Permission` adds to a function.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 * @param functionArn ARN of the function, with the version or alias that the permission is for
 * @throws PolicyError
 */
export function permissionPolicy(
  name: string,
  permission: Permission,
  functionArn: string,
): Policy {
  const { Action, FunctionName: _, Principal, ...restrictions } = permission;
  const Condition = conditionOf(name, restrictions);
  const statement = {
    Effect: 'Allow',
    Action,
    Principal: principalOf(Principal),
    Resource: functionArn,
    ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
  };
  return parsePolicy(name, { Version: '2012-10-17', Statement: [statement] }, 'resource');
}

/**
 * The condition for each restriction. `SourceArn` is compared with `ArnLike`.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
const CONDITIONS = new Map<string, readonly [operator: string, key: string]>(
  Object.entries({
    SourceArn: ['ArnLike', 'aws:SourceArn'],
    SourceAccount: ['StringEquals', 'aws:SourceAccount'],
    FunctionUrlAuthType: ['StringEquals', 'lambda:FunctionUrlAuthType'],
    InvokedViaFunctionUrl: ['Bool', 'lambda:InvokedViaFunctionUrl'],
  }),
);

function conditionOf(
  name: string,
  restrictions: Permission,
): Record<string, Record<string, unknown>> {
  const condition: Record<string, Record<string, unknown>> = {};
  for (const [property, value] of Object.entries(restrictions)) {
    const [operator, key] = CONDITIONS.get(property) ?? [];
    if (operator === undefined || key === undefined) {
      throw new PolicyError(name, `the property ${property} is not supported`);
    }
    condition[operator] = { ...condition[operator], [key]: value };
  }
  return condition;
}

function principalOf(principal: unknown): unknown {
  const isService = typeof principal === 'string' && principal.endsWith('.amazonaws.com');
  if (principal === '*') return principal;
  return isService ? { Service: principal } : { AWS: principal };
}
