import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cdkDeploy, checkService } from './cdk.ts';

let root: string;
const seen: string[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cdk-'));
  seen.length = 0;
});
afterEach(() => rm(root, { recursive: true }));

/** Deploys with a program that prints these lines in place of the CDK. */
async function deploy(lines: readonly string[], code: number): Promise<void> {
  const bin = join(root, 'node_modules/aws-cdk/bin');
  await mkdir(bin, { recursive: true });
  const print = `console.log(${JSON.stringify(lines.join('\n'))})`;
  const args = 'console.error(process.argv.slice(2).join(" "), process.env.AWS_REGION)';
  await writeFile(join(bin, 'cdk'), `${print};${args};process.exitCode = ${code};`);
  await cdkDeploy({ root, assembly: '/assembly', region: 'eu-west-1' }, ['a-state', 'a-auth'], {
    onEvent: ({ resource, status }) => seen.push(`event ${resource} ${status}`),
    onStack: (stack, changed) => seen.push(`stack ${stack} ${changed}`),
    onLine: (line) => seen.push(`line ${line}`),
  });
}

it('passes the stacks, the assembly and the region on, and reports events and stacks', async () => {
  await deploy(
    [
      'a-state | 1/2 | 10:00:00 AM | CREATE_COMPLETE | AWS::SQS::Queue | Queue (Queue1)',
      ' ✅  a-state',
    ],
    0,
  );
  expect(seen).toContain('event Queue (Queue1) CREATE_COMPLETE');
  expect(seen).toContain('stack a-state true');
  expect(seen.join()).toMatch(
    /line deploy a-state a-auth --exclusively .*--app \/assembly .*eu-west-1/,
  );
});

it('says which resource failed, why, and what to do', async () => {
  const failing = deploy(
    [
      'a-auth | 1/2 | 10:00:00 AM | CREATE_FAILED | AWS::X::Y | Other (Other1) Resource creation cancelled',
      'a-auth | 1/2 | 10:00:00 AM | CREATE_FAILED | AWS::EC2::VPC | Vpc (Vpc1) The maximum number of VPCs has been reached.',
      ' ❌  a-auth failed',
    ],
    1,
  );
  await expect(failing).rejects.toThrow(
    [
      'The deployment failed.',
      'a-auth: AWS::EC2::VPC Vpc (Vpc1) failed',
      '  why:  The maximum number of VPCs has been reached.',
      '  what: a quota of the account is used up: ',
    ].join('\n'),
  );
});

it('explains a failure without a resource by the last line that names it', async () => {
  const failing = deploy(
    ['Building', 'User is not authorized to perform: sts:AssumeRole', 'end'],
    1,
  );
  await expect(failing).rejects.toThrow(/why: {2}User is not authorized[\s\S]*lacks a permission/);
});

it.each([
  [' ❌  a-auth failed: ValidationError: Unrecognized resource types: [AWS::X::Y]'],
  ['ValidationError: Unrecognized resource types: [AWS::X::Y]'],
])('names the stack that is not finished: %s', async (line) => {
  const failing = deploy([' ✅  a-state', line], 1);
  await expect(failing).rejects.toThrow(
    /\na-auth: AWS::CloudFormation::Stack a-auth failed\n {2}why: .*AWS::X::Y/,
  );
});

it('rejects a service that is not a stack', () => {
  expect(() => checkService('reviews')).toThrow('--service takes one of auth, catalog');
});
