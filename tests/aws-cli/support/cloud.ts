import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLocalCloud } from '@triptych/local-cloud';
import { polls, queuePolicy, role } from '@triptych/local-cloud/testing/permission-resources';
import { findPython } from '../../python/find-python.ts';

const run = promisify(execFile);

const FUNCTION = `export const handler = async (event) => {
  console.log('a line of the log');
  if (event.fail) throw new Error('it failed');
  return { event };
};
`;

const writesLogs = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: 'arn:aws:logs:us-east-1:000000000000:log-group:*',
};

const RESOURCES = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'key', SecretString: 'value' },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'paid',
      EventPattern: { source: ['shop'], 'detail.state': ['paid'] },
      Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Metadata: { 'triptych:artifact': 'function' },
    Properties: {
      FunctionName: 'hello',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      FunctionName: { Ref: 'Function' },
      Enabled: false,
    },
    DependsOn: 'RolePolicy',
  },
  ...queuePolicy('Queue', 'Rule'),
  ...role('Role', [polls('Queue'), writesLogs]),
};

/** A local cloud with one resource of each kind, and Python clients for it. */
export interface PythonCloud {
  /** A folder for files. */
  readonly folder: string;
  /** Runs `aws <words> --endpoint-url …`. Returns its output. @throws Error with stderr */
  aws(...words: string[]): Promise<string>;
  /** Runs a Python program with the endpoint's settings in its environment. */
  python(program: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the cloud. @throws Error when the AWS CLI and boto3 are not installed */
export async function startPythonCloud(): Promise<PythonCloud> {
  const python = await findPython('aws-cli');
  if (python === undefined) throw new Error('The AWS CLI and boto3 are not installed.');
  const folder = await mkdtemp(join(tmpdir(), 'triptych-aws-cli-'));
  await mkdir(join(folder, 'function'));
  await writeFile(join(folder, 'function/index.mjs'), FUNCTION);
  await writeFile(join(folder, 'shop.json'), JSON.stringify({ Resources: RESOURCES }));
  const shop = { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.json' } };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { shop } }));
  const cloud = await startLocalCloud({ root: folder });
  await cloud.deploy(folder);
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: folder, ...cloud.environment };
  const start = async (args: string[]) => {
    const { stdout } = await run(python, args, { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  };
  return {
    folder,
    // AWS CLI 1 ignores the endpoint variable for some services.
    aws: (...words) =>
      start(['-m', 'awscli', ...words, '--endpoint-url', cloud.endpointUrl, '--output', 'json']),
    python: (program) => start(['-c', program]),
    stop: async () => {
      await cloud.stop();
      await rm(folder, { recursive: true });
    },
  };
}
