import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { describeServices, RestartLines } from './restart-lines.ts';

const deployable = (app: string, service: string) => ({ app, service, entry: '', outdir: '' });

test('prints a line when a restart begins and a line when it ends', () => {
  const printed: string[] = [];
  const lines = new RestartLines((line) => printed.push(stripVTControlCharacters(line)));
  const files = ['libs/catalog/core/stock.ts', 'libs/events/stock.ts'];
  const what = describeServices([
    deployable('hybrid', 'catalog'),
    deployable('serverless', 'catalog'),
    deployable('serverless-web', 'catalog'),
    deployable('hybrid', 'auth'),
  ]);
  lines.start();
  lines.begin(what, files);
  lines.end(what, files);
  expect(printed).toEqual([
    '·          restarting   catalog in hybrid, serverless; auth in hybrid  (libs/catalog/core/stock.ts and 1 more)',
    expect.stringMatching(/^✓ +\d+\.\d s {2}restarted {4}catalog in hybrid, serverless; auth/),
  ]);
});

test.each([
  [false, '✗          not built    a.ts:1:2: no; the old version keeps running'],
  [true, '✗          not built    a.ts:1:2: no; save a source to start it again'],
])('says what happens after a failure (down: %s)', (isDown, line) => {
  const printed: string[] = [];
  const lines = new RestartLines((text) => printed.push(stripVTControlCharacters(text)));
  lines.failed('not built', 'a.ts:1:2: no', isDown);
  expect(printed).toEqual([line]);
});
