import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  CONTEXT_NAMES,
  CORE_CONTEXTS,
  type ContextName,
  VARIANTS,
  type Variant,
} from '@triptych/context-map';
import { describe, expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
const sections = ['// 1 config', '// 2 adapters', '// 3 domain', '// 4 run'];

const source = (app: string, service: string) =>
  readFileSync(join(root, 'apps', app, `${service}.ts`), 'utf8');

/** The coordinator of checkouts, which only serverless can have: the one app in which two contexts meet. */
const OWN_ROOTS: Readonly<Partial<Record<Variant, readonly string[]>>> = {
  serverless: ['checkout'],
};

test.each(VARIANTS)('%s has the composition roots and nothing else', (app) => {
  const files = readdirSync(join(root, 'apps', app)).filter((name) => name.endsWith('.ts'));
  const roots = [...CONTEXT_NAMES, ...(OWN_ROOTS[app] ?? [])];
  expect(files.toSorted()).toEqual(roots.map((service) => `${service}.ts`).toSorted());
});

describe.each(VARIANTS)('%s', (app) => {
  test.each([...CONTEXT_NAMES, ...(OWN_ROOTS[app] ?? [])])(
    '%s has at most 40 lines and four sections in order',
    (service) => {
      const lines = source(app, service).trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(40);
      const found = lines.filter((line) => /^\/\/ \d/.test(line)).map((line) => line.slice(0, 40));
      expect(found.map((line) => sections.find((title) => line.startsWith(title)))).toEqual(
        sections,
      );
    },
  );
});

/** The number of lines that are in only one of the two sources. */
function differing(a: string, b: string): number {
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
  const [left, right] = [lines(a), lines(b)];
  return (
    left.filter((line) => !right.includes(line)).length +
    right.filter((line) => !left.includes(line)).length
  );
}

// Few enough to compare at a glance. Images differ most, because the hybrid stores and serves renditions differently.
const atAGlance = (name: ContextName) => (name === 'images' ? 30 : 16);

describe.each([
  ['microservices', 'serverless'],
  ['microservices', 'hybrid'],
  ['serverless', 'hybrid'],
])('%s and %s', (one, other) => {
  test.each(CONTEXT_NAMES)('differ in few lines of %s.ts', (service) => {
    expect(differing(source(one, service), source(other, service))).toBeLessThanOrEqual(
      atAGlance(service),
    );
  });
});

test('the containers of the hybrid have the same roots as the microservices', () => {
  for (const service of CORE_CONTEXTS) {
    expect(source('hybrid', service), service).toBe(source('microservices', service));
  }
});

test('a container is ready once it can check tokens, so that a rolling release loses no request', () => {
  const roots = CORE_CONTEXTS.map((service) => source('microservices', service));
  const checkTokens = roots.filter((text) => text.includes('bearerAuth('));
  expect(checkTokens.length).toBeGreaterThan(1);
  for (const text of checkTokens) {
    expect(text).toMatch(/const service = .*ready: \[store\.ping, auth\.prepare\]/);
  }
});
