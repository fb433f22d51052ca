import { DetailedAwsError } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html

/** Fields that need no condition. */
const EXEMPT = /^(x-amz-signature|awsaccesskeyid|signature|policy|file|x-ignore-.*)$/;

/**
 * Checks a form against its policy. The caller verifies the policy's signature.
 * @param fields names in lower case, including `bucket`
 * @throws AwsError AccessDenied when the policy has expired, a condition fails or a field has no
 * condition; EntityTooLarge; EntityTooSmall; InvalidPolicyDocument
 */
export function checkPolicy(
  policyBase64: string,
  fields: ReadonlyMap<string, string>,
  sizeBytes: number,
  nowMs: number,
): void {
  const policy = parsePolicy(policyBase64);
  if (!(Date.parse(policy.expiration) > nowMs)) throw denied('Policy expired.');
  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    const [operator, subject, value] = normalized(condition);
    if (operator === 'content-length-range') {
      checkSize(sizeBytes, Number(subject), Number(value));
      continue;
    }
    const name = String(subject).replace(/^\$/, '').toLowerCase();
    covered.add(name);
    const actual = fields.get(name) ?? '';
    const holds = operator === 'eq' ? actual === value : actual.startsWith(String(value));
    if (!holds) throw denied(`Policy Condition failed: ${JSON.stringify(condition)}`);
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !EXEMPT.test(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
}

function parsePolicy(base64: string): { expiration: string; conditions: unknown[] } {
  try {
    const policy = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    if (typeof policy.expiration === 'string' && Array.isArray(policy.conditions)) return policy;
  } catch {
    // Rejected below.
  }
  throw new AwsError('InvalidPolicyDocument', 'The policy is not a valid document');
}

/** Normalizes a condition: `{"name": "value"}` is short for `["eq", "$name", "value"]`. */
function normalized(condition: unknown): readonly [string, unknown, unknown] {
  if (Array.isArray(condition) && condition.length === 3) {
    const operator = String(condition[0]).toLowerCase();
    if (['eq', 'starts-with', 'content-length-range'].includes(operator)) {
      return [operator, condition[1], condition[2]];
    }
  } else if (typeof condition === 'object' && condition !== null) {
    const [entry, ...rest] = Object.entries(condition);
    if (entry && rest.length === 0) return ['eq', `$${entry[0]}`, entry[1]];
  }
  throw new AwsError('InvalidPolicyDocument', `Unknown condition: ${JSON.stringify(condition)}`);
}

function checkSize(size: number, minimum: number, maximum: number): void {
  if (size > maximum) {
    throw new DetailedAwsError(
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
      { ProposedSize: size, MaxSizeAllowed: maximum },
    );
  }
  if (size < minimum) {
    throw new DetailedAwsError(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      { ProposedSize: size, MinSizeAllowed: minimum },
    );
  }
}

function denied(why: string): AwsError {
  return new AwsError('AccessDenied', `Invalid according to Policy: ${why}`, 403);
}
