/**
 * The actions of calls that AWS's services make on their own, with a role or as themselves.
 */
import type { RequiredAction, ResourceNames } from '../types.ts';
import { each } from './call-actions.ts';
import { logStreamArn } from './logs.ts';

/** A service that assumes a role. */
export function assumeRole(roleArn: string): readonly RequiredAction[] {
  return each(['sts:AssumeRole'], [roleArn]);
}

/** EventBridge, or a function's destination, that sends to a queue. */
export function sendToQueue(queueArn: string): readonly RequiredAction[] {
  return each(['sqs:SendMessage'], [queueArn]);
}

/** EventBridge or API Gateway that invokes a function. */
export function invokeFunction(functionArn: string): readonly RequiredAction[] {
  return each(['lambda:InvokeFunction'], [functionArn]);
}

/**
 * A request to the URL of a function. It needs both actions since October 2025.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function callFunctionUrl(
  functionArn: string,
  authType: 'AWS_IAM' | 'NONE',
): readonly RequiredAction[] {
  return [
    {
      action: 'lambda:InvokeFunctionUrl',
      resource: functionArn,
      context: { 'lambda:FunctionUrlAuthType': authType },
    },
    {
      action: 'lambda:InvokeFunction',
      resource: functionArn,
      context: { 'lambda:InvokedViaFunctionUrl': 'true' },
    },
  ];
}

/**
 * A request to an endpoint of a web function with IamAuth.
 * https://docs.aws.amazon.com/lambda/latest/dg/web-functions-endpoint-access-control.html
 */
export function callWebEndpoint(endpointArn: string): readonly RequiredAction[] {
  return each(['lambda:InvokeWebFunctionEndpoint'], [endpointArn]);
}

/**
 * The event source mapping of a queue, with the role of its function.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function pollQueue(queueArn: string): readonly RequiredAction[] {
  return each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queueArn]);
}

/**
 * The event source mapping of a table's stream, with the role of its function.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaDynamoDBExecutionRole.html
 */
export function readStream(streamArn: string): readonly RequiredAction[] {
  return [
    ...each(
      ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
      [streamArn],
    ),
    { action: 'dynamodb:ListStreams', resource: '*' },
  ];
}

/** A function or a container that writes its output to an existing log group. */
export function writeLogs(
  groupName: string,
  streamName: string,
  names: Pick<ResourceNames, 'region' | 'accountId'>,
): readonly RequiredAction[] {
  return each(
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    [logStreamArn(groupName, streamName, names)],
  );
}

/**
 * ECS that reads a secret of a container.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
 */
export function readSecret(secretArn: string): readonly RequiredAction[] {
  return each(['secretsmanager:GetSecretValue'], [secretArn]);
}

/**
 * ECS that pulls an image.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html
 */
export function pullImage(repositoryArn: string): readonly RequiredAction[] {
  return [
    { action: 'ecr:GetAuthorizationToken', resource: '*' },
    ...each(
      ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      [repositoryArn],
    ),
  ];
}

/** CloudFront that reads an object of an S3 origin. */
export function readOrigin(bucketArn: string, key: string): readonly RequiredAction[] {
  return each(['s3:GetObject'], [`${bucketArn}/${key}`]);
}
