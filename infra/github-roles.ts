/**
 * The roles that GitHub's workflow `deploy.yml` assumes by OIDC, as a CloudFormation template. An administrator deploys it
 * once per account and region. `node infra/write-github-roles.ts` writes it to `.github/aws-roles.template.json`.
 */

const ISSUER = 'token.actions.githubusercontent.com';
/** The qualifier in the names of what `cdk bootstrap` creates. */
const CDK = 'cdk-hnb659fds';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: unknown;
}

const sub = (text: string) => ({ 'Fn::Sub': text });
const ofAccount = (service: string, resource: string) =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

const allow = (Sid: string, Action: readonly string[], Resource: unknown): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

/** AWS defines no resource for these actions. */
const READ_ACCOUNT = ['servicequotas:GetServiceQuota'];
const READ_STATUS = [
  'ce:GetCostAndUsage',
  'ce:ListCostAllocationTags',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricStatistics',
  'tag:GetResources',
];

const STACKS = ofAccount('cloudformation', 'stack/triptych-*/*');
const BOOTSTRAP = ofAccount('cloudformation', 'stack/CDKToolkit/*');
/** The commands find stacks by their tags, so they list all. AWS has no narrower resource for a list. */
const LIST_STACKS = ['cloudformation:DescribeStacks', 'cloudformation:ListStacks'];
const READ_STACKS = [
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResources',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
];

/** Reads the stacks and the account, to show what would change. */
const PLAN: readonly Statement[] = [
  allow('ListStacks', LIST_STACKS, '*'),
  allow('ReadStacks', READ_STACKS, [STACKS, BOOTSTRAP]),
  allow(
    'ReadBootstrap',
    ['ssm:GetParameter'],
    ofAccount('ssm', `parameter/cdk-bootstrap/hnb659fds/version`),
  ),
  allow('ReadAccount', READ_ACCOUNT, '*'),
];

const cdkRole = (name: string) =>
  sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${CDK}-${name}-role-*-\${AWS::Region}`);

/**
 * What the commands deploy, status, rollback and destroy call themselves. The CDK's own roles, which only these roles may
 * assume, do everything else.
 */
const DEPLOY: readonly Statement[] = [
  ...PLAN,
  allow(
    'ActAsCdk',
    ['sts:AssumeRole'],
    ['deploy', 'file-publishing', 'image-publishing', 'lookup'].map(cdkRole),
  ),
  // CloudFormation works with the execution role that the CDK has attached to each stack.
  allow(
    'ChangeStacks',
    ['cloudformation:DeleteStack', 'cloudformation:TagResource', 'cloudformation:UpdateStack'],
    STACKS,
  ),
  allow(
    'StoreTemplates',
    ['s3:GetObject', 's3:PutObject'],
    sub(`arn:\${AWS::Partition}:s3:::${CDK}-assets-\${AWS::AccountId}-\${AWS::Region}/*`),
  ),
  // The code of Web Functions. CloudFormation takes the name of its bucket from the stack, and adds random characters.
  allow(
    'UploadCode',
    ['s3:GetObject', 's3:PutObject'],
    sub(`arn:\${AWS::Partition}:s3:::triptych-*-code-*/*`),
  ),
  allow('ReadStatus', READ_STATUS, '*'),
  allow('ReadQueues', ['sqs:GetQueueAttributes'], ofAccount('sqs', 'triptych-*')),
  allow(
    'KeepNotes',
    [
      'ssm:AddTagsToResource',
      'ssm:DeleteParameter',
      'ssm:GetParameter',
      'ssm:GetParametersByPath',
      'ssm:PutParameter',
    ],
    [ofAccount('ssm', 'parameter/triptych'), ofAccount('ssm', 'parameter/triptych/*')],
  ),
  allow(
    'CreateFirstAdmin',
    ['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    ofAccount('dynamodb', 'table/triptych-*-AuthTable*'),
  ),
  allow(
    'ListBuckets',
    ['s3:ListBucketMultipartUploads', 's3:ListBucketVersions'],
    sub(`arn:\${AWS::Partition}:s3:::triptych-*`),
  ),
  allow(
    'EmptyBuckets',
    ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    sub(`arn:\${AWS::Partition}:s3:::triptych-*/*`),
  ),
];

/** @param subject the end of the token's `sub`: which runs of the repository may assume the role */
function role(subject: string, description: string, statements: readonly Statement[]) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      Description: description,
      // The longest deployment of one variant. A plan needs minutes.
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRoleWithWebIdentity',
            Principal: { Federated: { Ref: 'GitHub' } },
            Condition: {
              StringEquals: {
                [`${ISSUER}:aud`]: 'sts.amazonaws.com',
                [`${ISSUER}:sub`]: sub(`repo:\${Repository}:${subject}`),
              },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'triptych',
          PolicyDocument: { Version: '2012-10-17', Statement: statements },
        },
      ],
    },
  };
}

/**
 * The template. Conditions compare the whole subject, so no other repository, branch or environment can assume a role.
 * https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export function githubRoles() {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Triptych: what GitHub workflows may do in this account and region',
    Parameters: {
      Repository: {
        Type: 'String',
        AllowedPattern: '[\\w.-]+/[\\w.-]+',
        Description: 'owner/name',
      },
      Environment: {
        Type: 'String',
        Default: 'trial',
        AllowedPattern: '[\\w-]+',
        Description: 'The GitHub environment that deploys to this account. Give it reviewers.',
      },
    },
    Resources: {
      GitHub: {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: { Url: `https://${ISSUER}`, ClientIdList: ['sts.amazonaws.com'] },
      },
      PlanRole: role('pull_request', 'Reads, to show what a pull request would change', PLAN),
      DeployRole: role(`environment:\${Environment}`, 'Deploys and destroys Triptych', DEPLOY),
    },
    Outputs: {
      PlanRoleArn: { Value: { 'Fn::GetAtt': ['PlanRole', 'Arn'] } },
      DeployRoleArn: { Value: { 'Fn::GetAtt': ['DeployRole', 'Arn'] } },
    },
  };
}

/** The file with the template, relative to the repository's root. */
export const GITHUB_ROLES_FILE = '.github/aws-roles.template.json';
