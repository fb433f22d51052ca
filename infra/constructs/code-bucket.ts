import { Aws, CfnOutput, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { acknowledge } from './acknowledge.ts';

/** Where the archive of a service's artifact is in the bucket. The key changes with the contents, and so does the revision. */
export const codeKey = (service: string, hash: string) => `${service}/${hash}.zip`;

/**
 * Creates the bucket from which Lambda reads the code of Web Functions at each start of an environment. It must have versions
 * and admit Lambda. The deploy command puts the archives there before it creates the functions. The CDK's own ways would add
 * a function that copies them.
 * @param namePrefix what the names of the functions begin with
 */
export function codeBucket(stack: Stack, namePrefix: string): Bucket {
  const bucket = new Bucket(stack, 'Code', {
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const functions = `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:web-function/${namePrefix}`;
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('lambda.amazonaws.com')],
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': `${functions}*/revision/*` },
      },
    }),
  );
  const noLog = 'Only Lambda and the deploy command read it.';
  acknowledge(bucket, { S1: noLog, CKV_AWS_18: noLog });
  new CfnOutput(stack, 'CodeBucketName', { value: bucket.bucketName });
  return bucket;
}
