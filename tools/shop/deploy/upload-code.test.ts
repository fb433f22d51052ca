import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipFolder } from '@triptych/build/zip-folder';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { artifactsOf, withArtifacts } from './artifacts.ts';
import type { Template } from './ports.ts';
import { FakeStacks } from './testing/fake-stacks.ts';
import { codeObjectsOf, hasCodeBucket, uploadCode } from './upload-code.ts';

const root = mkdtempSync(join(tmpdir(), 'triptych-code-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = 'dist/apps/serverless-web/auth';
mkdirSync(join(root, folder, 'node_modules/native'), { recursive: true });
writeFileSync(join(root, folder, 'index.mjs'), 'listen();\n');
writeFileSync(join(root, folder, 'node_modules/native/index.js'), 'native'.repeat(1000));
symlinkSync('native/index.js', join(root, folder, 'node_modules/linked.js'));

const code: Template = {
  Resources: { Code: { Type: 'AWS::S3::Bucket' } },
  Outputs: { CodeBucketName: { Value: { Ref: 'Code' } } },
};
const auth: Template = {
  Resources: {
    Worker: { Type: 'AWS::Lambda::Function', Metadata: { 'triptych:artifact': 'elsewhere' } },
    WebRevision: {
      Type: 'AWS::Lambda::WebFunctionRevision',
      Properties: { BuildConfig: { CodeConfig: { S3Object: { Key: 'auth/1a2b.zip' } } } },
      Metadata: { 'triptych:artifact': folder },
    },
  },
};

it('packs the files of a folder, and the same files always equally', async () => {
  const archive = await zipFolder(join(root, folder));
  const files = Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(Object.fromEntries(files)).toEqual({
    'index.mjs': 'listen();\n',
    'node_modules/linked.js': 'native'.repeat(1000),
    'node_modules/native/index.js': 'native'.repeat(1000),
  });
  expect(await zipFolder(join(root, folder))).toEqual(archive);
});

it('finds the code of Web Functions, and the stack of their bucket', () => {
  expect(codeObjectsOf(auth)).toEqual([{ key: 'auth/1a2b.zip', folder }]);
  expect(codeObjectsOf(code)).toEqual([]);
  expect([hasCodeBucket(code), hasCodeBucket(auth)]).toEqual([true, false]);
});

it('is an artifact that a rollback returns to', () => {
  expect(artifactsOf(auth)).toEqual({ WebRevision: '1a2b' });
  const earlier = withArtifacts(auth, { WebRevision: '3c4d' });
  expect(codeObjectsOf(earlier)).toEqual([{ key: 'auth/3c4d.zip', folder }]);
});

it('uploads each artifact once', async () => {
  const stacks = new FakeStacks();
  stacks.add('shop-code', code, {}, { CodeBucketName: 'shop-code-Code' });
  const objects = codeObjectsOf(auth);
  expect(await uploadCode(stacks, 'shop-code', { objects, root })).toEqual(['auth/1a2b.zip']);
  expect(stacks.buckets.get('shop-code-Code')).toEqual(['auth/1a2b.zip']);
  expect(await uploadCode(stacks, 'shop-code', { objects, root })).toEqual([]);
  await expect(uploadCode(stacks, 'shop-auth', { objects, root })).rejects.toThrow('shop-auth');
});
