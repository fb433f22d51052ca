import { beforeEach, expect, it } from 'vitest';
import { readHistory, recordArtifacts } from './artifact-history.ts';
import { artifactsOf, withArtifacts } from './artifacts.ts';
import { planRollback, runRollback } from './rollback-service.ts';
import { FakeNotes, FakeStacks } from './testing/fake-stacks.ts';
import { functionTemplate, SERVERLESS } from './testing/templates.ts';

const owner = { variant: 'serverless' } as const;
const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];
const tags = { ...SERVERLESS, 'triptych:service': 'catalog' };

let stacks: FakeStacks;
let notes: FakeNotes;

async function release(hash: string, version: string, memory?: number) {
  stacks.add('shop-catalog', functionTemplate(hash, memory), {
    ...tags,
    'triptych:version': version,
  });
  const [stack] = await stacks.list();
  if (stack) await recordArtifacts({ stacks, notes, now: () => new Date(0) }, stack);
}

beforeEach(async () => {
  stacks = new FakeStacks();
  notes = new FakeNotes();
  stacks.buckets.set('bootstrap', [`${OLD}.zip`, `${NEW}.zip`]);
  await release(OLD, 'v1');
  await release(NEW, 'v2', 512);
});

const run = async (hash?: string) =>
  runRollback(await planRollback({ stacks, notes }, owner, 'catalog', hash), {
    stacks,
    notes,
    now: () => new Date(1000),
    onEvent: () => {},
    bootstrapBucket: 'bootstrap',
    patience: { pollMs: 0, polls: 20 },
  });

it('returns to the artifact before, with its version, and keeps every other setting', async () => {
  await run();
  expect(await stacks.template('shop-catalog')).toEqual(functionTemplate(OLD, 512));
  expect((await stacks.find('shop-catalog'))?.tags['triptych:version']).toBe('v1');
  const history = await readHistory(notes, 'shop-catalog');
  expect(history.map(({ version }) => version)).toEqual(['v1', 'v2', 'v1']);
});

it('returns to the later artifact when it runs twice', async () => {
  await run();
  await run();
  expect(artifactsOf(await stacks.template('shop-catalog'))).toEqual({ Http: NEW });
});

it('finds an artifact by the first characters of its hash', async () => {
  await run('aaaa');
  expect(artifactsOf(await stacks.template('shop-catalog'))).toEqual({ Http: OLD });
  await expect(run('cccc')).rejects.toThrow('no other artifact cccc on record');
});

it('records an unchanged artifact once', async () => {
  await release(NEW, 'v3');
  expect(await readHistory(notes, 'shop-catalog')).toHaveLength(2);
});

it('changes nothing when the archive is gone', async () => {
  stacks.buckets.set('bootstrap', []);
  await expect(run()).rejects.toThrow(`bootstrap no longer has ${OLD}.zip`);
  expect(artifactsOf(await stacks.template('shop-catalog'))).toEqual({ Http: NEW });
});

it('explains a failed update', async () => {
  stacks.failing.set('shop-catalog', 'Rate exceeded');
  await expect(run()).rejects.toThrow(
    /The rollback failed[\s\S]*why: {2}Rate exceeded[\s\S]*throttled/,
  );
});

it('names the services that exist', async () => {
  await expect(planRollback({ stacks, notes }, owner, 'auth')).rejects.toThrow('It has: catalog.');
});

it('publishes a version of the artifact, which the alias refers to', () => {
  const { Resources } = functionTemplate(NEW);
  const versioned = {
    Resources: {
      ...Resources,
      HttpCurrentVersion0A1B: {
        Type: 'AWS::Lambda::Version',
        Properties: { FunctionName: { Ref: 'Http' } },
      },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionVersion: { 'Fn::GetAtt': ['HttpCurrentVersion0A1B', 'Version'] } },
      },
    },
  };
  const id = 'HttpCurrentVersion0A1BRollbackAAAAAAAA';
  const back = withArtifacts(versioned, { Http: OLD });
  expect(Object.keys(back.Resources)).toEqual(['Http', id, 'Live']);
  expect(back.Resources.Live?.Properties).toEqual({
    FunctionVersion: { 'Fn::GetAtt': [id, 'Version'] },
  });
  const forth = withArtifacts(back, { Http: NEW });
  expect(Object.keys(forth.Resources)).toContain('HttpCurrentVersion0A1BRollbackBBBBBBBB');
  expect(withArtifacts(versioned, { Http: NEW })).toEqual(versioned);
});

it('replaces the tag of an image', () => {
  const image = (hash: string) => ({
    Resources: {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [
            { Image: { 'Fn::Sub': `x.dkr.ecr.$\{AWS::Region}/assets:${hash}` } },
          ],
        },
      },
    },
  });
  expect(artifactsOf(image(OLD))).toEqual({ Task: OLD });
  expect(withArtifacts(image(OLD), { Task: NEW })).toEqual(image(NEW));
});
