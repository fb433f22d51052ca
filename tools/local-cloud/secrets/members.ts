import type { MemberTable } from '../endpoint/index.ts';

/** The request members that the local Secrets Manager supports. Any other member is an error. */
export const SECRETS_MEMBERS = {
  CreateSecret: {
    Name: 'honoured',
    ClientRequestToken: 'honoured',
    Description: 'honoured',
    SecretString: 'honoured',
  },
  GetSecretValue: { SecretId: 'honoured', VersionId: 'honoured', VersionStage: 'honoured' },
  DescribeSecret: { SecretId: 'honoured' },
  PutSecretValue: {
    SecretId: 'honoured',
    ClientRequestToken: 'honoured',
    SecretString: 'honoured',
  },
  ListSecrets: {
    IncludePlannedDeletion: { ignored: 'no secret is scheduled for deletion' },
    MaxResults: 'honoured',
    NextToken: 'honoured',
    Filters: { members: { Key: 'honoured', Values: 'honoured' } },
    SortOrder: 'honoured',
    SortBy: 'honoured',
  },
} as const satisfies MemberTable;
