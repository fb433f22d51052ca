import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { REGION } from '../aws.ts';
import { type LookUp, required } from './look-up.ts';

export const table: LookUp = async ({ dynamo }, { physicalId, property }) => {
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: physicalId }));
  const attributes = { Arn: required(Table?.TableArn, 'ARN') };
  if (!property('StreamSpecification')) return attributes;
  return { ...attributes, StreamArn: required(Table?.LatestStreamArn, 'stream') };
};

export const bucket: LookUp = async ({ s3 }, { physicalId }) => {
  await s3.send(new HeadBucketCommand({ Bucket: physicalId }));
  return {
    Arn: `arn:aws:s3:::${physicalId}`,
    DomainName: `${physicalId}.s3.amazonaws.com`,
    RegionalDomainName: `${physicalId}.s3.${REGION}.amazonaws.com`,
  };
};

export const secret: LookUp = async ({ secrets }, { physicalId }) => {
  const { ARN } = await secrets.send(new DescribeSecretCommand({ SecretId: physicalId }));
  return { Id: required(ARN, 'ARN') };
};
