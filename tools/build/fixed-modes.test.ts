import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixModes } from './fixed-modes.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'triptych-modes-')));
});
afterEach(() => rmSync(root, { recursive: true }));
const modeOf = (...path: string[]) => (statSync(join(root, ...path)).mode & 0o777).toString(8);

// Windows has no permission bits.
describe.runIf(process.platform !== 'win32')('permissions of artifacts', () => {
  test('let others read everything and execute programs', async () => {
    mkdirSync(join(root, 'node_modules/sharp'), { recursive: true });
    writeFileSync(join(root, 'index.mjs'), '');
    writeFileSync(join(root, 'node_modules/sharp/run'), '');
    symlinkSync('nowhere', join(root, 'link'));
    chmodSync(join(root, 'index.mjs'), 0o600);
    chmodSync(join(root, 'node_modules/sharp/run'), 0o700);
    chmodSync(join(root, 'node_modules/sharp'), 0o700);
    await fixModes(root);
    expect(modeOf('index.mjs')).toBe('644');
    expect(modeOf('node_modules/sharp')).toBe('755');
    expect(modeOf('node_modules/sharp/run')).toBe('755');
    expect(modeOf('.')).toBe('755');
  });

  test.each(['077', '027', '002', '022'])('do not depend on the umask (%s)', (umask) => {
    // A container's root: it gets a Dockerfile and a health check, which are copied from a checkout.
    mkdirSync(join(root, 'libs/platform/container'), { recursive: true });
    mkdirSync(join(root, 'tools/docker'), { recursive: true });
    mkdirSync(join(root, 'apps/x'), { recursive: true });
    writeFileSync(join(root, 'libs/platform/container/serve.ts'), `console.log('serves');`);
    writeFileSync(join(root, 'apps/x/one.ts'), `import '../../libs/platform/container/serve.ts';`);
    const copied = [
      'Dockerfile',
      'service-health.mjs',
      'start-service.mjs',
      'deployment-session.mjs',
    ];
    for (const file of copied) {
      writeFileSync(join(root, 'tools/docker', file), '', { mode: 0o600 });
    }
    const module = (name: string) =>
      JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
    const program = `
      import { appendFile } from 'node:fs/promises';
      process.umask(0o${umask});
      const { bundle } = await import(${module('bundle.ts')});
      const { rebundle } = await import(${module('rebundle.ts')});
      const root = ${JSON.stringify(root)};
      const one = { app: 'x', service: 'one', entry: root + '/apps/x/one.ts', outdir: root + '/dist/apps/x/one' };
      const two = { ...one, service: 'two', outdir: root + '/dist/apps/x/two' };
      await bundle([one, two], root);
      await appendFile(one.entry, 'console.log(2);');
      const changed = await rebundle([two], root);
      if (changed.length !== 1) throw new Error('nothing was rebuilt');
    `;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { encoding: 'utf8', timeout: 60_000 },
    );
    expect(status, stderr).toBe(0);
    for (const service of ['one', 'two']) {
      expect(modeOf('dist/apps/x', service)).toBe('755');
      for (const file of ['index.mjs', 'Dockerfile', 'health.mjs', 'start.mjs']) {
        expect(`${file} ${modeOf('dist/apps/x', service, file)}`).toBe(`${file} 644`);
      }
    }
  });
});
