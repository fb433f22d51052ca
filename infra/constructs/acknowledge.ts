import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of cdk-nag on a construct and all below it, each with its reason.
 * @param findings rule id without its pack (`S1`, or `IAM5[Resource::*]` for one finding) to reason
 */
export function acknowledge(
  construct: IConstruct,
  findings: Readonly<Record<string, string>>,
): void {
  for (const [rule, reason] of Object.entries(findings)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** Accepts the star after a prefix of keys, and no other: the objects under it have no other common name. */
export function acknowledgeKeys(grantee: IConstruct, bucket: Bucket, prefix: string): void {
  // cdk-nag names a finding by the rendered ARN: of this stack by logical id, of another by export.
  const arn =
    Stack.of(grantee) === bucket.stack
      ? `<${bucket.stack.resolve(bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket))}.Arn>`
      : bucket.stack.resolve(bucket.stack.exportValue(bucket.bucketArn))['Fn::ImportValue'];
  acknowledge(grantee, {
    [`IAM5[Resource::${arn}/${prefix}*]`]: `Any object under ${prefix}, and nothing beside it.`,
  });
}
