import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { npmCommand } from './npm-command.ts';

test('starts the npm that started this process, without a shell', () => {
  const npm = npmCommand({ npm_execpath: '/opt/npm/bin/npm-cli.js' }, 'win32');
  expect(npm).toEqual({
    command: process.execPath,
    args: ['/opt/npm/bin/npm-cli.js'],
    shell: false,
  });
});

test('uses a shell only for the npm on the PATH of Windows', () => {
  expect(npmCommand({}, 'win32')).toEqual({ command: 'npm', args: [], shell: true });
  expect(npmCommand({}, 'darwin')).toEqual({ command: 'npm', args: [], shell: false });
});

test('starts npm on this machine', () => {
  const { command, args, shell } = npmCommand();
  const { stdout } = spawnSync(command, [...args, '--version'], {
    encoding: 'utf8',
    shell,
    timeout: 120_000,
  });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
});
