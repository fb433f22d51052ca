import { describe, expect, it } from 'vitest';
import { keepAssets } from './keep-assets.ts';
import { keepStacks } from './keep-stacks.ts';

const stored = (path: string, objectKey: string) => ({
  source: { path },
  destinations: { here: { objectKey, bucketName: 'assets' } },
});

describe('assets of a filtered stack', () => {
  const assets = {
    version: '1',
    files: {
      old: stored('s.template.json', 'old.json'),
      code: stored('asset.code', 'code.zip'),
      gone: stored('asset.gone', 'gone.zip'),
      other: stored('other.template.json', 'other.json'),
    },
    dockerImages: { image: {} },
  };
  const template = {
    Resources: {
      F: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: 'code.zip' } } },
    },
  };
  const { manifest, folders } = keepAssets(assets, { stack: 's', template, hash: 'new' });

  it('are the files that the template names, without container images', () => {
    expect(manifest).not.toHaveProperty('dockerImages');
    expect(Object.keys(manifest.files ?? {}).sort()).toEqual(['code', 'new']);
    expect(folders).toEqual(['asset.code']);
  });

  it('store the template under its new hash, so that CDK does not reuse an earlier upload', () => {
    expect(manifest.files?.new?.destinations.here?.objectKey).toBe('new.json');
  });
});

describe('the manifest of a filtered assembly', () => {
  const stack = (...dependencies: string[]) => ({
    type: 'aws:cloudformation:stack',
    dependencies,
    properties: { stackTemplateAssetObjectUrl: 's3://bucket/old.json', templateFile: 'x' },
    additionalMetadataFile: 'x.metadata.json',
  });
  const assets = { type: 'cdk:asset-manifest' };
  const manifest = {
    artifacts: {
      state: stack('state.assets'),
      'state.assets': assets,
      front: stack('state', 'front.assets'),
      'front.assets': assets,
      last: stack('front', 'last.assets'),
      'last.assets': assets,
      Tree: { type: 'cdk:tree' },
    },
  };
  const { artifacts = {} } = keepStacks(
    manifest,
    new Map([
      ['state', 'a'],
      ['last', 'b'],
    ]),
  );

  it('has only the kept stacks and their assets', () => {
    expect(Object.keys(artifacts)).toEqual(['state', 'state.assets', 'last', 'last.assets']);
  });

  it('replaces a dropped stack by its dependencies', () => {
    expect(artifacts.last?.dependencies).toEqual(['state', 'last.assets']);
  });

  it('refers to templates by their new hashes', () => {
    expect(artifacts.last?.properties).toMatchObject({
      stackTemplateAssetObjectUrl: 's3://bucket/b.json',
      templateFile: 'x',
    });
  });
});
