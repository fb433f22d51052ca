import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from './deployment.ts';
import { emptyArtifacts } from './testing/artifacts.ts';
import { readTemplates } from './testing/assembly.ts';

const artifacts = emptyArtifacts();
afterAll(() => artifacts.remove());

/** Runs a Node script in the repository's root. Settings of this process are not inherited. */
async function run(args: readonly string[], settings: Record<string, string>) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TRIPTYCH|CDK)_/.test(name));
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...settings },
    timeout: 280_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', resolve);
  return { exitCode: await promise, output };
}

describe('infra/app.ts', () => {
  it('writes the same templates as cdk synth', async () => {
    const direct = artifacts.folder('direct');
    const byCdk = artifacts.folder('by-cdk');
    // The hybrid has containers, functions and the CDN: every kind of asset.
    const settings = { TRIPTYCH_DIST: artifacts.dist, TRIPTYCH_VARIANTS: 'hybrid' };
    const cdk = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    const app = `${process.execPath} infra/app.ts`;
    const runs = await Promise.all([
      run(['infra/app.ts'], { ...settings, CDK_OUTDIR: direct }),
      run([cdk, 'synth', '--quiet', '--app', app, '--output', byCdk], settings),
    ]);
    expect(
      runs.map(({ exitCode }) => exitCode),
      runs.map(({ output }) => output).join('\n'),
    ).toEqual([0, 0]);
    const templates = readTemplates(direct);
    // A stack per context, and state, front, provider and operations.
    expect(Object.keys(templates)).toHaveLength(CONTEXT_NAMES.length + 4);
    expect(readTemplates(byCdk)).toEqual(templates);
  });

  it('prints one message without a stack trace when a setting is wrong', async () => {
    const { exitCode, output } = await run(['infra/app.ts'], { TRIPTYCH_CDN: 'perhaps' });
    expect(exitCode).toBe(1);
    expect(output).toBe(
      'The settings for the templates are wrong:\n- TRIPTYCH_CDN is "perhaps" but must be one of on, off\n',
    );
  });
});
