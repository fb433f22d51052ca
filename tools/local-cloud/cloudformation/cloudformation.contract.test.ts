// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation's own placeholders.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKernel } from '../create-kernel.ts';
import { createDataServices } from '../data-services.ts';
import { IGNORED_TYPES } from '../ignored/index.ts';
import type { ResourceProvider } from '../kernel.ts';
import { type OpenEndpoint, openEndpoint } from '../open-endpoint.ts';
import { createCloudFormation, type DeployProgress, Registry } from './index.ts';

let folder: string;
let endpoint: OpenEndpoint;
let client: CloudFormationClient;
let cloud: ReturnType<typeof createCloudFormation>;
let steps: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  const owned = createKernel({ root: folder });
  endpoint = await openEndpoint(owned, 0);
  const data = createDataServices(owned.kernel);
  owned.provide(data.services);
  steps = [];
  const registry = new Registry([...data.providers, process(steps)], IGNORED_TYPES);
  cloud = createCloudFormation(owned.kernel, registry);
  endpoint.serve([...data.wires, cloud.wire]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { endpoint: owned.kernel.endpointUrl, region: 'us-east-1', credentials };
  client = new CloudFormationClient({ ...settings, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await cloud.stop(0);
  await endpoint.stop();
  await rm(folder, { recursive: true });
});

/** A type that logs its create, start and stop. `Fails` names the step that throws. */
function process(log: string[]): ResourceProvider {
  return {
    type: 'Test::Process',
    properties: { Input: 'honoured', Fails: 'honoured', Color: { ignored: 'not seen' } },
    async create({ logicalId, properties }) {
      const step = (name: string) => {
        log.push(`${name} ${logicalId}`);
        if (properties.Fails === name) throw new Error('it broke');
      };
      step('create');
      return {
        physicalId: logicalId.toLowerCase(),
        attributes: { Properties: JSON.stringify(properties) },
        start: async () => step('start'),
        stop: async (graceMs) => step(`stop(${graceMs})`),
      };
    },
  };
}

/** Writes an assembly. Each stack is `[template, names of the stacks it depends on]`. */
async function assembly(stacks: Record<string, [object, string[]?]>): Promise<string> {
  const artifacts: Record<string, object> = { Tree: { type: 'cdk:tree' } };
  for (const [name, [template, dependencies = []]] of Object.entries(stacks)) {
    const templateFile = `${name}.template.json`;
    await writeFile(join(folder, templateFile), JSON.stringify(template));
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest' };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile },
      dependencies: [...dependencies, `${name}.assets`],
    };
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
  return folder;
}

const queueStack = {
  Resources: {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'orders',
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
          maxReceiveCount: 5,
        },
      },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AnythingAtAll: true } },
  },
  Outputs: {
    Url: { Value: { Ref: 'Queue' }, Description: 'Where <orders> go' },
    Arn: {
      Value: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      Export: { Name: { 'Fn::Sub': 'queues:${AWS::Region}' } },
    },
  },
};

const worker = (Properties: object, Type = 'Test::Process') => ({ Type, Properties });

describe('CloudFormation', () => {
  it('creates resources in dependency order and describes them', async () => {
    await cloud.deploy(await assembly({ queues: [queueStack] }));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'queues' }));
    expect(Stacks).toMatchObject([
      {
        StackName: 'queues',
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [
          {
            OutputKey: 'Url',
            OutputValue: expect.stringMatching(/\/000000000000\/orders$/),
            Description: 'Where <orders> go',
          },
          {
            OutputKey: 'Arn',
            OutputValue: 'arn:aws:sqs:us-east-1:000000000000:orders',
            ExportName: 'queues:us-east-1',
          },
        ],
      },
    ]);
    expect(Stacks?.[0]?.CreationTime).toBeInstanceOf(Date);
    const described = await client.send(
      new DescribeStackResourcesCommand({ StackName: Stacks?.[0]?.StackId }),
    );
    const ids = described.StackResources?.map((one) => one.LogicalResourceId);
    expect(ids).toEqual(['Dead', 'Queue', 'Alarm']);
    const listed = await client.send(new ListStackResourcesCommand({ StackName: 'queues' }));
    expect(listed.StackResourceSummaries?.[2]).toMatchObject({
      ResourceType: 'AWS::CloudWatch::Alarm',
      ResourceStatus: 'CREATE_COMPLETE',
    });
  });

  it('deploys stacks after their dependencies, with imported values', async () => {
    const importing = {
      Resources: {
        Worker: {
          Type: 'Test::Process',
          Properties: { Input: { 'Fn::ImportValue': 'queues:us-east-1' }, Color: 'red' },
        },
        Gate: { Type: 'Test::Process', DependsOn: ['Worker'] },
      },
      Outputs: { Properties: { Value: { 'Fn::GetAtt': ['Worker', 'Properties'] } } },
    };
    const progress: DeployProgress[] = [];
    const directory = await assembly({ app: [importing, ['queues']], queues: [queueStack] });
    await cloud.deploy(directory, { onProgress: (step) => progress.push(step) });
    expect(steps).toEqual(['create Worker', 'create Gate', 'start Worker', 'start Gate']);
    const arn = 'arn:aws:sqs:us-east-1:000000000000:orders';
    expect(cloud.stack('app').outputs[0]?.value).toBe(JSON.stringify({ Input: arn }));
    const of = (stack: string) => progress.filter((one) => one.stack === stack);
    expect(of('app').map((one) => one.status)).toEqual(['creating', 'starting', 'ready']);
    expect(of('app').at(-1)?.ms).toBeGreaterThanOrEqual(0);
    await cloud.stop(500);
    expect(steps).toContain('stop(500) Gate');
  });

  it('deploys the given stacks with their dependencies, and no stack twice', async () => {
    const empty = { Resources: {} };
    const directory = await assembly({
      state: [empty],
      app: [empty, ['state']],
      other: [empty, ['state']],
    });
    await cloud.deploy(directory, { stacks: ['app'] });
    expect(() => cloud.stack('other')).toThrow('there are state, app');
    await cloud.deploy(directory, { stacks: ['other'] });
    await expect(cloud.deploy(directory, { stacks: ['app'] })).rejects.toThrow('deployed already');
    await expect(cloud.deploy(directory, { stacks: ['none'] })).rejects.toThrow('no stack none');
  });

  it('applies conditions, parameter defaults and mappings', async () => {
    const template = {
      Parameters: { Stage: { Type: 'String', Default: 'local' } },
      Mappings: { Sizes: { local: { Memory: 256 } } },
      Conditions: { Local: { 'Fn::Equals': [{ Ref: 'Stage' }, 'local'] } },
      Resources: {
        Worker: {
          Type: 'Test::Process',
          Condition: 'Local',
          Properties: { Input: { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'Memory'] } },
        },
        Skipped: { Type: 'AWS::Unheard::Of', Condition: 'Remote' },
      },
      Outputs: { Properties: { Value: { 'Fn::GetAtt': ['Worker', 'Properties'] } } },
    };
    const Conditions = { ...template.Conditions, Remote: { 'Fn::Not': [{ Condition: 'Local' }] } };
    await cloud.deploy(await assembly({ app: [{ ...template, Conditions }] }));
    expect(cloud.stack('app').outputs[0]?.value).toBe('{"Input":256}');
  });

  it.each([
    ['type', worker({}, 'AWS::Kinesis::Stream'), 'Stack app, Worker (AWS::Kinesis::Stream): '],
    ['property', worker({ Volume: 1 }), 'property Volume of Test::Process'],
    ['reference', worker({ Input: { Ref: 'Nobody' } }), 'Nobody'],
    ['attribute', worker({ Input: { 'Fn::GetAtt': ['Other', 'Size'] } }), 'no attribute Size'],
    ['import', worker({ Input: { 'Fn::ImportValue': 'nowhere' } }), 'nowhere'],
    ['function', worker({ Input: { 'Fn::Cidr': [] } }), 'Fn::Cidr'],
    ['resource attribute', { ...worker({}), UpdatedAt: 1 }, 'UpdatedAt'],
    ['cycle', { ...worker({}), DependsOn: 'Worker' }, 'Worker → Worker'],
    ['SSM parameter', worker({ Input: { Ref: 'BootstrapVersion' } }), 'BootstrapVersion'],
  ])('rejects an unsupported %s by name', async (_, Worker, message) => {
    const Parameters = {
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk' },
    };
    const Resources = { Worker, Other: { Type: 'Test::Process' } };
    const directory = await assembly({ app: [{ Parameters, Resources }] });
    await expect(cloud.deploy(directory)).rejects.toThrow(message);
  });

  it.each(['create', 'start'])('reports a resource whose %s fails', async (Fails) => {
    const failing = { Resources: { Worker: worker({ Fails }) } };
    const progress: DeployProgress[] = [];
    const directory = await assembly({ app: [failing], after: [{ Resources: {} }, ['app']] });
    const deploying = cloud.deploy(directory, { onProgress: (step) => progress.push(step) });
    await expect(deploying).rejects.toThrow('Stack app, Worker (Test::Process): it broke');
    expect(progress.at(-1)).toMatchObject({ stack: 'app', status: 'failed' });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));
    expect(Stacks?.[0]).toMatchObject({
      StackStatus: 'CREATE_FAILED',
      StackStatusReason: expect.stringContaining('it broke'),
    });
  });

  it('rejects a folder without an assembly', async () => {
    await expect(cloud.deploy(join(folder, 'nothing'))).rejects.toThrow('synthesized');
  });
});
