import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { githubRoles } from '@triptych/infra/github-roles';
import { expect, test } from 'vitest';

/** The service prefix of the actions that the clients of these packages call. */
const PREFIXES: Readonly<Record<string, string>> = {
  cloudformation: 'cloudformation',
  cloudwatch: 'cloudwatch',
  'cost-explorer': 'ce',
  'resource-groups-tagging-api': 'tag',
  s3: 's3',
  'service-quotas': 'servicequotas',
  sqs: 'sqs',
  ssm: 'ssm',
};

/** Calls whose action has another name. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  's3:DeleteObjects': 's3:DeleteObject',
  's3:HeadObject': 's3:GetObject',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:ListObjectVersions': 's3:ListBucketVersions',
};

const IMPORT = /import \{([^}]+)\} from '@aws-sdk\/client-([a-z0-9-]+)'/g;
const CALL = /(?:^|\W)(?:(?:paginate)(\w+)|(\w+)Command)(?=\W|$)/g;

/** The actions that the sources of the commands for a deployment call, from what they import. */
function calledActions(): string[] {
  const files = globSync('tools/shop/deploy/**/*.ts', { cwd: repositoryRoot });
  const sources = files
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(repositoryRoot, file), 'utf8'));
  const actions = sources.flatMap((source) =>
    [...source.matchAll(IMPORT)].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(CALL)].flatMap(([, paginated, sent]) => {
        const prefix = PREFIXES[client];
        return prefix === undefined ? [] : [`${prefix}:${paginated ?? sent}`];
      }),
    ),
  );
  return [...new Set(actions)].map((action) => OTHER_NAMES[action] ?? action).sort();
}

test("GitHub's role for deployments may do what the commands call", () => {
  const { Policies } = githubRoles().Resources.DeployRole.Properties;
  const allowed = Policies.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.flatMap(({ Action }) => Action),
  );
  const called = calledActions();
  expect(called.length).toBeGreaterThan(15);
  expect(called.filter((action) => !allowed.includes(action))).toEqual([]);
});
