import { describe, expect, test } from 'vitest';
import { findCycles } from './support/find-cycles.ts';
import { manifests, sources, specifiersIn, targetOf, workspaceOf } from './support/imports.ts';

/** The tools, from the base to the command line. A tool imports only tools that stand before it. */
const TOOLS = [
  'base',
  'build',
  'local-cloud',
  'localstack',
  'docker',
  'shop',
  'seed',
  'comparison',
  'cli',
].map((name) => `tools/${name}`);

/** A workspace imports only workspaces of a lower level, or of its own level within libs. */
function levelOf(workspace: string): number {
  const level = ['libs', 'apps', 'infra', 'tools', 'tests', '.'].indexOf(
    workspace.split('/', 1)[0] ?? '',
  );
  return level === 3 ? level + (TOOLS.indexOf(workspace) + 1) / 100 : level;
}

const mayImport = (from: string, to: string) =>
  from === to || levelOf(to) < levelOf(from) || (levelOf(from) === 0 && levelOf(to) === 0);

const imports = sources.flatMap((from) =>
  specifiersIn(from).flatMap((specifier) => {
    const to = targetOf(from, specifier);
    // Tests of the linter and of the bundler hold imports in strings; those lead to no file.
    return to !== undefined && (sources.includes(to) || to.includes('?'))
      ? [{ from, specifier, to }]
      : [];
  }),
);

const shown = ({ from, to }: { from: string; to: string }) => `${from} → ${to}`;

test('the graph holds what the repository imports', () => {
  expect(imports.length).toBeGreaterThan(sources.length);
  expect(imports.map(shown)).toContain('apps/serverless/payments.ts → libs/payments/core/index.ts');
});

test('every folder of tools is on the list', () => {
  const folders = [...manifests.keys()].filter((folder) => folder.startsWith('tools/'));
  expect(folders.toSorted()).toEqual(TOOLS.toSorted());
  expect([...manifests.keys()].filter((folder) => levelOf(folder) < 0)).toEqual([]);
});

test('no import crosses a workspace by a relative path', () => {
  const crossing = imports.filter(
    ({ from, specifier, to }) => specifier.startsWith('.') && workspaceOf(from) !== workspaceOf(to),
  );
  expect(crossing.map(shown)).toEqual([]);
});

test('an import of another workspace is one of its declared exports', () => {
  expect(imports.filter(({ to }) => to.includes('?')).map(shown)).toEqual([]);
});

test('imports run from tests to tools to infra to apps to libs', () => {
  const upward = imports.filter(({ from, to }) => !mayImport(workspaceOf(from), workspaceOf(to)));
  expect(upward.map(shown)).toEqual([]);
});

// `nx graph` draws its arrows from these, development dependencies included.
describe.each([...manifests])('%s', (folder, { dependencies, devDependencies }) => {
  test('declares no dependency on a workspace above it', () => {
    const above = [...manifests].filter(
      ([other, { name }]) =>
        name in { ...dependencies, ...devDependencies } && !mayImport(folder, other),
    );
    expect(above.map(([other]) => other)).toEqual([]);
  });
});

test('no files import one another in a cycle', () => {
  const graph = new Map(sources.map((file) => [file, new Set<string>()]));
  for (const { from, to } of imports) if (from !== to) graph.get(from)?.add(to);
  expect(findCycles(graph)).toEqual([]);
});

test('no workspaces depend on one another in a cycle', () => {
  const graph = new Map([...manifests.keys()].map((folder) => [folder, new Set<string>()]));
  for (const { from, to } of imports) {
    if (workspaceOf(from) !== workspaceOf(to)) graph.get(workspaceOf(from))?.add(workspaceOf(to));
  }
  expect(findCycles(graph)).toEqual([]);
});
