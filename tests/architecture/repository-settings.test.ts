import { readdirSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { VARIANTS } from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read, repositoryFiles } from './support/repository-files.ts';

/** JSON with comments: a line comment ends with its line, unless it is inside a string. */
const parseJsonc = (text: string) =>
  JSON.parse(text.replace(/("(?:[^"\\]|\\.)*")|\/\/.*$/gm, (_, string?: string) => string ?? ''));

const files = repositoryFiles();
const named = (name: RegExp) => files.filter((file) => name.test(basename(file)));

const pinnedNode: string = JSON.parse(read('package.json')).devDependencies.node;
const devcontainer = parseJsonc(read('.devcontainer/devcontainer.json'));
const composeFiles = named(/^(docker-)?compose\.ya?ml$/);

test('one version of Node everywhere', () => {
  const [compose = '', ...others] = composeFiles;
  expect(others).toEqual([]);
  const dockerfiles = named(/^Dockerfile$/);
  expect(dockerfiles).toHaveLength(1);
  const images = [compose, ...dockerfiles].flatMap((file) => [
    ...read(file).matchAll(/\bnode:(\d[\w.]*)-/g),
  ]);
  expect(images.length).toBeGreaterThanOrEqual(2);
  expect(new Set(images.map(([, version]) => version))).toEqual(new Set([pinnedNode]));
  const workflow = read('.github/workflows/ci.yml');
  const versions = [...workflow.matchAll(/node-version: (\S+)/g)].map(([, version]) => version);
  expect(new Set(versions)).toEqual(new Set([pinnedNode]));
  expect(devcontainer.image).toMatch(new RegExp(`-${pinnedNode.split('.')[0]}-`));
});

describe('the dev container', () => {
  test('pins its image and features to full versions', () => {
    const pins: string[] = [devcontainer.image, ...Object.keys(devcontainer.features)];
    for (const pin of pins) expect(pin).toMatch(/:\d+\.\d+\.\d+(-[\w-]+)?$/);
    expect(Object.keys(devcontainer.features).join()).toContain('docker-in-docker');
  });

  test('forwards the ports that npm start prints', () => {
    expect(devcontainer.forwardPorts).toEqual([4000, 4001, 4002, 4003, 4566]);
    const labelled = Object.keys(devcontainer.portsAttributes).map(Number);
    expect(labelled).toEqual(devcontainer.forwardPorts);
  });

  test('installs by an npm script that exists', () => {
    const [, script = ''] = /^npm run (\S+)$/.exec(devcontainer.postCreateCommand) ?? [];
    expect(JSON.parse(read('package.json')).scripts).toHaveProperty([script]);
  });
});

describe('CODEOWNERS', () => {
  const rules = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [pattern = '', ...owners] = line.split(/\s+/);
      return { pattern, owners };
    });
  const matches = (pattern: string, file: string) =>
    pattern === '*' || posix.matchesGlob(`/${file}`, pattern.replace(/\/$/, '/**'));
  const ownersOf = (file: string) =>
    rules.findLast(({ pattern }) => matches(pattern, file))?.owners;

  test.each(rules)('$pattern matches a file and names a team', ({ pattern, owners }) => {
    expect(files.some((file) => matches(pattern, file))).toBe(true);
    expect(owners.length).toBeGreaterThan(0);
    for (const owner of owners) expect(owner).toMatch(/^@[\w-]+\/[\w-]+$/);
  });

  const roots = readdirSync(join(repositoryRoot, 'apps/serverless')).filter((file) =>
    file.endsWith('.ts'),
  );
  test.each(roots)('the root %s has the owners of its context, in every variant', (file) => {
    const context = file.replace(/\.ts$/, '');
    const team = ownersOf(`libs/${context}/package.json`);
    // A context without a team of its own belongs to the maintainers.
    expect(team).toEqual([expect.stringMatching(`/(${context}|maintainers)$`)]);
    for (const variant of VARIANTS) {
      expect(ownersOf(`apps/${variant}/${file}`)).toEqual(team);
    }
  });
});

describe('Renovate', () => {
  const text = read('.github/renovate.json');
  const { extends: presets, packageRules, customManagers } = JSON.parse(text);

  test('merges nothing by itself', () => {
    expect(presets).toContain(':automergeDisabled');
    expect(text).not.toMatch(/"automerge"/);
  });

  test('every package that a rule names is in use', () => {
    const everything = files
      .filter((file) => /(^|\/)package\.json$|\.ya?ml$|devcontainer\.json$|\.ci\/run$/.test(file))
      .map(read)
      .join('\n');
    const names: string[] = packageRules.flatMap(
      ({ matchPackageNames = [] }: { matchPackageNames?: string[] }) => matchPackageNames,
    );
    const unused = names.filter((name) => !everything.includes(name.replace(/\*+$/, '')));
    expect(names.length).toBeGreaterThan(10);
    expect(unused).toEqual([]);
  });

  test('finds the base image in the compose file', () => {
    const [{ managerFilePatterns, matchStrings }] = customManagers;
    const [slashed = ''] = managerFilePatterns;
    const pattern = new RegExp(slashed.slice(1, -1));
    expect(files.filter((file) => pattern.test(file))).toEqual(composeFiles);
    const found = new RegExp(matchStrings[0]).exec(read(composeFiles[0] ?? ''));
    expect(found?.groups?.currentValue).toContain(pinnedNode);
  });
});

test('.editorconfig agrees with the formatter', () => {
  const { formatter } = parseJsonc(read('biome.jsonc'));
  const [, everyFile = ''] = read('.editorconfig').split(/^\[.*\]$/m);
  const settings = Object.fromEntries(
    everyFile
      .split('\n')
      .filter((line) => /^\w+ = /.test(line))
      .map((line) => line.split(' = ')),
  );
  expect(settings).toMatchObject({
    indent_style: formatter.indentStyle,
    indent_size: String(formatter.indentWidth),
    max_line_length: String(formatter.lineWidth),
    end_of_line: 'lf',
  });
  expect(read('.gitattributes')).toMatch(/^\* text=auto eol=lf$/m);
});

test.each(readdirSync(join(repositoryRoot, '.github/ISSUE_TEMPLATE')))(
  'issue form %s parses',
  (file) => {
    const form = parse(read(join('.github/ISSUE_TEMPLATE', file)));
    if (file === 'config.yml') return expect(form).toHaveProperty('blank_issues_enabled');
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const fields = form.body.filter(({ type }: { type: string }) => type !== 'markdown');
    const ids = fields.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(fields.length);
    for (const field of fields) expect(field.attributes.label).toEqual(expect.any(String));
  },
);
