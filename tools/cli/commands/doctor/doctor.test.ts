import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { freePorts } from '@triptych/shop/start/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkCores, checkDisk, checkMemory, checkNode } from './check-machine.ts';
import {
  checkChromium,
  checkCredentials,
  checkDocker,
  checkInstallation,
  checkPorts,
} from './check-tools.ts';
import { canRun, type Finding, renderFindings } from './finding.ts';

const gigabyte = 1024 ** 3;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triptych-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['24.21.0', 'ok'],
  ['26.0.0', 'ok'],
  ['22.1.0', 'missing'],
])('Node %s is %s', (version, state) => {
  expect(checkNode(version).state).toBe(state);
});

test.each([
  [8, 'ok'],
  [2, 'optional'],
  [0.5, 'missing'],
])('%d GB of free memory are %s', (free, state) => {
  expect(checkMemory(free * gigabyte, 16 * gigabyte)).toMatchObject({
    state,
    found: `${free.toFixed(1)} GB free of 16.0 GB`,
  });
});

test('one core is enough to run the shop but not to measure it', () => {
  expect(checkCores(2).state).toBe('ok');
  expect(checkCores(1)).toMatchObject({
    state: 'optional',
    advice: expect.stringContaining('measurements'),
  });
});

test('the free space on the repository’s disk is reported', async () => {
  expect((await checkDisk(folder)).found).toMatch(/^\d+\.\d GB free$/);
});

test('a taken port is named', async () => {
  const ports = await freePorts();
  expect((await checkPorts(ports)).state).toBe('ok');
  const other = createServer();
  await new Promise<void>((done) => other.listen(ports.endpoint, '127.0.0.1', done));
  expect(await checkPorts(ports)).toMatchObject({
    state: 'optional',
    found: `${ports.endpoint} taken`,
  });
  await new Promise((done) => other.close(done));
});

test('a stopped Docker engine, a missing Compose plugin and a missing Docker are distinguished', async () => {
  const asked = (answers: Record<string, string>) =>
    checkDocker(async (args) => answers[args[0] ?? '']);
  const states = async (answers: Record<string, string>) =>
    (await asked(answers)).map(({ found }) => found);
  expect(await states({ '--version': '28', version: '28.1', compose: '2.40' })).toEqual([
    'engine 28.1',
    '2.40',
  ]);
  expect(await states({ '--version': '28' })).toEqual([
    'installed, but its engine does not answer',
    'not found',
  ]);
  expect(await states({})).toEqual(['not found', 'not found']);
});

test('Chromium is found on the PATH', () => {
  expect(checkChromium({ PATH: folder })).toMatchObject({ what: 'Chromium' });
  writeFileSync(join(folder, 'chromium'), '');
  expect(checkChromium({ PATH: `/nowhere:${folder}` }).found).toBe(join(folder, 'chromium'));
});

test('credentials are detected but never shown', () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIAHUSH', AWS_SECRET_ACCESS_KEY: 'hush' };
  expect(checkCredentials(env, folder)).toMatchObject({
    state: 'ok',
    found: 'in the environment',
  });
  expect(checkCredentials({}, folder)).toMatchObject({ state: 'optional', found: 'none' });
  mkdirSync(join(folder, '.aws'));
  writeFileSync(join(folder, '.aws', 'credentials'), '[default]');
  expect(checkCredentials({}, folder).found).toBe('profile default');
});

test('an installation without its stamp is incomplete', async () => {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  writeFileSync(join(modules, '.package-lock.json'), '{"packages":{"a":{},"b":{}}}');
  expect((await checkInstallation(folder)).state).toBe('missing');
  writeFileSync(join(modules, '.triptych-installed'), '');
  expect(await checkInstallation(folder)).toMatchObject({ state: 'ok', found: '2 packages' });
});

test('only missing requirements prevent the shop from running', () => {
  const ok: Finding = { what: 'Node', state: 'ok', found: '24' };
  const optional: Finding = { what: 'Docker', state: 'optional', found: 'none', advice: 'install' };
  const missing: Finding = { what: 'disk', state: 'missing', found: 'full', advice: 'free some' };
  expect(canRun([ok, optional])).toBe(true);
  expect(canRun([ok, missing])).toBe(false);
  expect(stripVTControlCharacters(renderFindings([ok, optional, missing])).split('\n')).toEqual([
    '✓ Node             24',
    '– Docker           none; install',
    '✗ disk             full; free some',
    '',
    'npm start cannot run here yet: see disk.',
  ]);
});
