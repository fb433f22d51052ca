/** Roles and policies for the templates of tests. Each function returns resources of a template. */

const VERSION = '2012-10-17';
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** A role, by default of functions, with one policy. `statements` may refer to other resources. */
export function role(
  logicalId: string,
  statements: readonly object[],
  service = 'lambda.amazonaws.com',
): Record<string, object> {
  const Statement = [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } },
  ];
  return {
    [logicalId]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: VERSION, Statement } },
    },
    [`${logicalId}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: `${logicalId}Policy`,
        PolicyDocument: { Version: VERSION, Statement: statements },
        Roles: [{ Ref: logicalId }],
      },
    },
  };
}

/** The statement with which a mapping polls a queue. */
export function polls(queue: string): object {
  const Action = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  return { Effect: 'Allow', Action, Resource: arnOf(queue) };
}

/** The statements with which a mapping reads the stream of a table. */
export function readsStream(table: string): object[] {
  const Action = ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'];
  return [
    { Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': [table, 'StreamArn'] } },
    { Effect: 'Allow', Action: 'dynamodb:ListStreams', Resource: '*' },
  ];
}

/** The policy of a queue that admits a rule. */
export function queuePolicy(queue: string, rule: string): Record<string, object> {
  const statement = {
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Principal: { Service: 'events.amazonaws.com' },
    Resource: arnOf(queue),
    Condition: { ArnEquals: { 'aws:SourceArn': arnOf(rule) } },
  };
  return {
    [`${queue}Policy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        PolicyDocument: { Version: VERSION, Statement: [statement] },
        Queues: [{ Ref: queue }],
      },
    },
  };
}

/** The permission of a function that admits an API, or a rule, by the ARN of the source. */
export function invokePermission(
  functionId: string,
  Principal: string,
  SourceArn: unknown,
): Record<string, object> {
  return {
    [`${functionId}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf(functionId),
        Principal,
        SourceArn,
      },
    },
  };
}
