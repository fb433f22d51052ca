import type { Expression } from './expressions.ts';
import type { AttributeValue, Input } from './table-types.ts';

/** A legacy condition, of `Expected`, `QueryFilter` or `ScanFilter`. Expressions replaced them. */
interface LegacyCondition {
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly AttributeValue[];
}

const OPERATORS: Record<string, string> = {
  EQ: '=',
  NE: '<>',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  BETWEEN: 'between',
  IN: 'in',
  NULL: 'attribute_not_exists',
  NOT_NULL: 'attribute_exists',
  BEGINS_WITH: 'begins_with',
  CONTAINS: 'contains',
};

/**
 * The expression with the meaning of an input's legacy conditions. `ConditionalOperator` combines
 * them. The caller validated the input.
 */
export function legacyExpression(data: Input, member: string): Expression | undefined {
  const conditions = Object.entries((data[member] ?? {}) as Record<string, LegacyCondition>);
  if (conditions.length === 0) return undefined;
  const args = conditions.map(([attribute, condition]) => expressionOf(attribute, condition));
  return { type: data.ConditionalOperator === 'OR' ? 'or' : 'and', args };
}

function expressionOf(attribute: string, condition: LegacyCondition): Expression {
  const { Value, Exists, ComparisonOperator, AttributeValueList } = condition;
  const path = [attribute];
  if (ComparisonOperator === undefined) {
    return Exists === false
      ? { type: 'attribute_not_exists', args: [path] }
      : { type: '=', args: [path, Value ?? {}] };
  }
  const values = AttributeValueList ?? (Value === undefined ? [] : [Value]);
  if (ComparisonOperator === 'NOT_CONTAINS') {
    return { type: 'not', args: [{ type: 'contains', args: [path, ...values] }] };
  }
  return { type: OPERATORS[ComparisonOperator] ?? ComparisonOperator, args: [path, ...values] };
}
