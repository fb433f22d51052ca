/** Lengths of values that only the deployment knows. Each is the longest one that AWS or CloudFormation makes. */
const LENGTHS: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};

/** An ARN of a resource in a region, with a name of 80 characters: no type has longer names, apart from tables and log groups. */
const LONGEST_REFERENCE = 'arn:aws:dynamodb:ap-southeast-1:123456789012:table/'.length + 80;

/**
 * The length of a value as JSON without white space, once its intrinsic functions have their values. An upper estimate: every
 * reference counts as the longest ARN.
 */
export function estimatedLength(value: unknown): number {
  return JSON.stringify(resolved(value) ?? '').length;
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const [[key = '', operand] = [], ...others] = Object.entries(value);
  if (others.length === 0) {
    if (key === 'Ref') return 'x'.repeat(LENGTHS[String(operand)] ?? LONGEST_REFERENCE);
    if (key === 'Fn::Join') return (resolved(operand[1]) as unknown[]).map(String).join(operand[0]);
    if (key === 'Fn::Sub') return `${JSON.stringify(operand)}${'x'.repeat(LONGEST_REFERENCE)}`;
    if (key.startsWith('Fn::')) return 'x'.repeat(LONGEST_REFERENCE);
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one)]));
}
