import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of cdk-nag on a construct and its children.
 * @param findings reasons by rule ID without the pack: `S1`, or `IAM5[Resource::*]` for a single finding
 */
export function acknowledge(
  construct: IConstruct,
  findings: Readonly<Record<string, string>>,
): void {
  for (const [rule, reason] of Object.entries(findings)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** Accepts the wildcard after a key prefix, and no other. No other name covers all objects under the prefix. */
export function acknowledgeKeys(grantee: IConstruct, bucket: Bucket, prefix: string): void {
  // cdk-nag identifies a finding by the rendered ARN: a logical ID within the stack, an export across stacks.
  const arn =
    Stack.of(grantee) === bucket.stack
      ? `<${bucket.stack.resolve(bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket))}.Arn>`
      : bucket.stack.resolve(bucket.stack.exportValue(bucket.bucketArn))['Fn::ImportValue'];
  acknowledge(grantee, {
    [`IAM5[Resource::${arn}/${prefix}*]`]: `Access to every object under ${prefix}, and to nothing else.`,
  });
}
