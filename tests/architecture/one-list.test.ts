import { CONTEXT_NAMES, VARIANTS } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { read, repositoryFiles } from './support/repository-files.ts';

/**
 * `libs/context-map` has the only list of contexts and variants. Another list is out of date as soon as someone adds a context,
 * so this test rejects array and union literals, and lists in strings and globs, that name two contexts or all variants.
 */
const sources = repositoryFiles('*.ts', '*.mjs', '*.js', '*.jsonc');

/** Files that name a few contexts because they mean exactly these, whichever others exist. */
const ALLOWED: Readonly<Record<string, string>> = {
  'libs/context-map/variants.ts': 'the list itself',
  'tests/architecture/one-list.test.ts': 'examples for this test',
  'tests/docker/faults/containers-go.test.ts': 'the two services that an order needs',
  'tests/faults/kill-refunds.test.ts':
    'the two services that a refund passes through, in its order',
  'tools/comparison/cost/measured.test.ts': 'two tasks of an invented inventory',
  'tools/comparison/report/testing/synthetic-data.ts': 'invented figures',
  'tools/comparison/run/parts/faults/faults-of.ts':
    'the first to break; the others follow from the list',
  'tools/comparison/simulation/run/step-works.ts':
    'the services that an order passes through, in its order',
  'tools/comparison/run/parts/own-share.test.ts': 'an order that the code under test changes',
};

/** Whether the code has `'auth', 'catalog'` or `'auth' | 'catalog'`; or, as in a glob, `{auth,catalog}`. */
function listsAtLeast(code: string, names: readonly string[], least: number): boolean {
  const name = `(?:${names.join('|')})`;
  const quoted = `['"\`]${name}['"\`]`;
  const list = new RegExp(`${quoted}(?:\\s*[,|]\\s*${quoted})+|\\b${name}(?:,${name})+\\b`, 'g');
  return [...code.matchAll(list)].some(
    ([found]) => new Set(found.match(new RegExp(name, 'g'))).size >= least,
  );
}
const isList = (code: string) =>
  listsAtLeast(code, CONTEXT_NAMES, 2) || listsAtLeast(code, VARIANTS, VARIANTS.length);

/** The code of a file: comments and usage texts may name what they like. */
const codeOf = (file: string) =>
  read(file).replace(/^\s*(\/\/|\*|\/\*).*$|^const (?:usage|USAGE) = .*$/gm, '');

test('no file has a list of contexts or variants of its own', () => {
  const found = sources.filter((file) => isList(codeOf(file)) && !(file in ALLOWED));
  expect(found, 'derive it from @triptych/context-map').toEqual([]);
});

test('every exception still has a list', () => {
  expect(Object.keys(ALLOWED).filter((file) => !isList(codeOf(file)))).toEqual([]);
});

test.each([
  ["const a = ['auth', 'catalog'];", true],
  ["type A = 'payments' | 'images';", true],
  ["'libs/{auth,catalog,payments}/**'", true],
  ['["microservices", "serverless", "hybrid"]', true],
  ["['catalog', 'orders']", false],
  ["['serverless', 'hybrid']", false],
  ["deployment.stack('images', 'images')", false],
  ['catalogRoutes({ catalog, auth })', false],
])('%s is a list: %s', (code, expected) => {
  expect(isList(code)).toBe(expected);
});
