import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VARIANTS } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { LOCAL_KINDS } from './local-kinds.ts';
import { parseOptions } from './options.ts';

test('no flags select all local variants, all parts and a full run', () => {
  const options = parseOptions([]);
  expect(options).toMatchObject({ mode: 'full', targets: [] });
  expect(options.only).toEqual(LOCAL_KINDS);
  expect([...new Set(options.only.map(({ variant }) => variant))]).toEqual(VARIANTS);
  expect(options.parts).toHaveLength(11);
  expect(options.seed).toBeGreaterThanOrEqual(0);
});

test('a target has a name, a URL and a variant, which defaults to its name', () => {
  const { targets } = parseOptions([
    '--target',
    'aws=https://shop.example/live/,variant=serverless,label=AWS us-east-1',
    '--target',
    'hybrid=http://127.0.0.1:4003',
  ]);
  expect(targets).toEqual([
    {
      name: 'aws',
      variant: 'serverless',
      baseUrl: 'https://shop.example/live',
      label: 'AWS us-east-1',
    },
    expect.objectContaining({ name: 'hybrid', variant: 'hybrid' }),
  ]);
});

test('serverless with Web Functions is a target of its own, which a quick run measures only by name', () => {
  const names = (args: string[]) => parseOptions(args).only.map(({ name }) => name);
  expect(names(['--quick'])).toEqual(VARIANTS);
  expect(names(['--quick', '--only', 'serverless-web,serverless'])).toEqual([
    'serverless',
    'serverless-web',
  ]);
  const given = ['--target', 'aws=https://shop.example,variant=serverless,http=web-functions'];
  expect(parseOptions(given).targets).toMatchObject([
    { name: 'aws', variant: 'serverless', http: 'web-functions' },
  ]);
});

test('--parts keeps the order of the report', () => {
  expect(parseOptions(['--parts', 'work,idle', '--seed', '7'])).toMatchObject({
    parts: ['idle', 'work'],
    seed: 7,
  });
});

test('--against finds data.json in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'triptych-options-'));
  writeFileSync(join(folder, 'data.json'), '{}');
  expect(parseOptions(['--against', folder]).against).toBe(join(folder, 'data.json'));
  rmSync(folder, { recursive: true });
});

test.each([
  [['--fast'], /Unknown option '--fast.*Usage: npm run compare/],
  [['everything'], /takes flags only, not "everything"/],
  [['--target', 'http://127.0.0.1:4001'], /--target takes NAME=URL/],
  [['--target', 'a=http://x.example'], /Say which variant/],
  [['--target', 'hybrid=http://x.example,colour=red'], /not "colour"/],
  [['--target', 'hybrid=http://a.example', '--target', 'hybrid=http://b.example'], /Two targets/],
  [['--target', 'hybrid=http://a.example', '--only', 'hybrid'], /leave it out with --target/],
  [['--only', 'monolith'], /microservices, serverless, serverless-web, hybrid/],
  [['--target', 'hybrid=http://x.example,http=web-functions'], /only with variant=serverless/],
  [['--target', 'serverless=http://x.example,http=3'], /not "3"/],
  [['--parts', 'speed'], /no part "speed"; there are behaviour/],
  [['--seed', '1.5'], /whole number/],
  [['--against', 'no-such-folder'], /has no data.json/],
])('%j is rejected in one line', (args, reason) => {
  expect(() => parseOptions(args)).toThrow(reason);
});
