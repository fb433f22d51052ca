import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** The reason why nothing has a customer-managed key. AWS encrypts it with keys of its own. */
export const OWN_KEY_COSTS =
  'AWS encrypts it with its own key. A key of ours costs a dollar a month and a charge per request.';

const OF_CHECKOV = /^CKV2?_/;

/**
 * Accepts findings of cdk-nag on a construct and its children, and findings of checkov on its resource. Checkov reads the
 * reasons from the template.
 * @param findings reasons by rule ID. cdk-nag's are without the pack: `S1`, or `IAM5[Resource::*]` for a single finding.
 * Checkov's start with `CKV_`.
 * @throws Error for a finding of checkov on a construct without a resource
 */
export function acknowledge(
  construct: IConstruct,
  findings: Readonly<Record<string, string>>,
): void {
  for (const [rule, reason] of Object.entries(findings)) {
    if (OF_CHECKOV.test(rule)) skipCheck(construct, { id: rule, comment: reason });
    else Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html */
interface SkippedCheck {
  readonly id: string;
  readonly comment: string;
}

function skipCheck(construct: IConstruct, check: SkippedCheck): void {
  const resource = construct.node.defaultChild ?? construct;
  if (!CfnResource.isCfnResource(resource)) {
    throw new Error(`${construct.node.path} has no resource for the finding ${check.id}`);
  }
  const known: { skip: SkippedCheck[] } | undefined = resource.getMetadata('checkov');
  resource.addMetadata('checkov', { skip: [...(known?.skip ?? []), check] });
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
