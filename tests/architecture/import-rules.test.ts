import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));

/** Folder, a line that the linter must reject there, and part of the reason that it prints. */
const rejected = [
  ['libs/auth/core', "import { Type } from 'typebox';", 'core imports only'],
  ['libs/auth/core', "import { hash } from 'node:crypto';", 'core imports only'],
  ['libs/auth/core', "import { span } from '@triptych/platform/telemetry';", 'core imports only'],
  ['libs/auth/core', "import { a } from '../adapters/a.ts';", 'innermost layer'],
  ['libs/catalog/http', "import { S3 } from '@aws-sdk/client-s3';", 'depend on AWS'],
  ['libs/catalog/http', "import { a } from '../adapters/a.ts';", 'calls only its own core'],
  ['libs/catalog/messages', "import { a } from 'fastify';", 'depend on a transport'],
  ['libs/payments/adapters', "import { fastify } from 'fastify';", 'depend on Fastify'],
  ['libs/payments/adapters', "import { a } from '@triptych/catalog/core';", 'another context'],
  ['libs/payments/http', "import { a } from '@triptych/auth/core';", 'an app wires contexts'],
  ['libs/platform/http', "import { a } from '@triptych/auth/core';", 'below the contexts'],
  ['libs/images/messages', "import { a } from '@triptych/payments/core';", 'depend on a transport'],
  ['libs/catalog/http', "import { a } from '@triptych/context-map';", 'calls only its own core'],
  ['libs/reviews/http', "import { a } from '@triptych/auth/core';", 'an app wires contexts'],
  ['libs/reviews/adapters', "import { a } from '@triptych/platform/http';", 'depend on Fastify'],
  ['apps/serverless', "import { a } from '@triptych/local-cloud';", 'only tools and tests'],
  ['infra', "import { a } from '@triptych/local-cloud';", 'only tools and tests'],
  ['libs/auth/adapters', 'export const a = process.env.HOME;', 'process.env'],
  ['apps/hybrid', 'export const a = process.env.HOME;', 'process.env'],
] as const;

const allowed = [
  ['libs/auth/core', "export { AppError } from '@triptych/platform/errors';"],
  ['libs/auth/core', "export { a } from './a.ts';"],
  ['libs/auth/core', "export type { OrderPlaced } from '@triptych/events';"],
  ['libs/catalog/adapters', "export { S3Client } from '@aws-sdk/client-s3';"],
  ['libs/reviews/http', "export { a } from '@triptych/platform/http';"],
  ['libs/reviews/adapters', "export { a } from '@triptych/platform/aws';"],
  ['libs/reviews/messages', "export { a } from '@triptych/events';"],
  ['libs/platform/config', "export { a } from '@triptych/context-map';"],
  ['libs/platform/config', 'export const a = process.env.HOME;'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'triptych-lint-'));
const complaints = new Map<string, string>();
const nameOf = (kind: string, index: number) => `probe-${kind}-${index}.ts`;

/** Runs the linter once, with the repository's settings, on one file per row. */
beforeAll(() => {
  copyFileSync(join(root, 'biome.jsonc'), join(folder, 'biome.jsonc'));
  const write = (path: string, name: string, line: string) => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, name), `${line}\n`);
  };
  rejected.forEach(([path, line], index) => {
    write(path, nameOf('rejected', index), line);
  });
  allowed.forEach(([path, line], index) => {
    write(path, nameOf('allowed', index), line);
  });
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(
    process.execPath,
    [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'],
    { cwd: folder, encoding: 'utf8', timeout: 60_000 },
  );
  for (const line of stdout.split('\n')) {
    const name = /probe-\w+-\d+\.ts/.exec(line)?.[0];
    if (name) complaints.set(name, `${complaints.get(name) ?? ''}${line}\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(rejected.map((row, index) => [...row, index] as const))(
  'in %s the linter rejects `%s`',
  (_path, _line, reason, index) => {
    expect(complaints.get(nameOf('rejected', index))).toContain(reason);
  },
);

test.each(allowed.map((row, index) => [...row, index] as const))(
  'in %s the linter accepts `%s`',
  (_path, _line, index) => {
    expect(complaints.get(nameOf('allowed', index)) ?? '').not.toMatch(
      /noRestrictedImports|noProcessEnv/,
    );
  },
);

test('core imports only types from the events', async () => {
  const files = glob('libs/*/core/**/*.ts', { cwd: root });
  for await (const file of files) {
    const source = await readFile(join(root, file), 'utf8');
    const values = source.match(/^(import|export)(?! type)[^;]*from '@triptych\/events';/gm) ?? [];
    // `import { type A, type B }` is a type import too.
    const offending = values.filter((line) => !/\{(\s*type \w+,?\s*)+\}/.test(line));
    expect(offending, file).toEqual([]);
  }
});
