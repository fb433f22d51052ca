import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataServices } from '../data-services.ts';
import { IGNORED_TYPES } from '../ignored/index.ts';
import { testKernel } from '../testing/test-kernel.ts';
import { createCloudFormation, Registry } from './index.ts';

let folder: string;
let cloud: ReturnType<typeof createCloudFormation>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-'));
  const kernel = testKernel();
  const registry = new Registry(createDataServices(kernel).providers, IGNORED_TYPES);
  cloud = createCloudFormation(kernel, registry);
});

afterEach(async () => {
  await cloud.stop(0);
  await rm(folder, { recursive: true });
});

const exported = (id: string) => ({
  Value: { 'Fn::GetAtt': [id, 'Arn'] },
  Export: { Name: 'queues:arn' },
});

/** Deploys a stack of queues with these outputs, and one that imports `queues:arn`. */
async function deploy(Outputs: object): Promise<void> {
  const queue = { Type: 'AWS::SQS::Queue' };
  const policy = { deadLetterTargetArn: { 'Fn::ImportValue': 'queues:arn' }, maxReceiveCount: 5 };
  const templates = {
    queues: { Resources: { One: queue, Other: queue }, Outputs },
    app: { Resources: { Queue: { ...queue, Properties: { RedrivePolicy: policy } } } },
  };
  const artifacts: Record<string, object> = {};
  for (const [name, template] of Object.entries(templates)) {
    const templateFile = `${name}.template.json`;
    await writeFile(join(folder, templateFile), JSON.stringify(template));
    const dependencies = name === 'app' ? ['queues'] : [];
    const properties = { templateFile };
    artifacts[name] = { type: 'aws:cloudformation:stack', properties, dependencies };
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
  await cloud.deploy(folder);
}

describe('an update of a stack whose export another stack imports', () => {
  beforeEach(() => deploy({ Arn: exported('One') }));

  it('cannot remove the export', async () => {
    await expect(deploy({})).rejects.toThrow(
      'Export queues:arn cannot be deleted as it is in use by app',
    );
  });

  it.each(['Other', 'New'])('cannot export the value of %s instead', async (id) => {
    await expect(deploy({ Arn: exported(id) })).rejects.toThrow(
      'Cannot update export queues:arn as it is in use by app',
    );
  });

  it('may keep the export, but the local cloud has no updates', async () => {
    await expect(deploy({ Arn: exported('One') })).rejects.toThrow('queues is deployed already');
    await expect(cloud.deploy(folder, { stacks: ['app'] })).rejects.toThrow('deployed already');
  });
});
