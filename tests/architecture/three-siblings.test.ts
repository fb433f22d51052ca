import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import {
  CONTEXT_NAMES,
  CORE_CONTEXTS,
  type ContextName,
  VARIANTS,
  type Variant,
} from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import {
  differing,
  type HttpRoots,
  rootSource as source,
  wholeRoot,
} from './support/composition-roots.ts';

const sections = ['// 1 config', '// 2 adapters', '// 3 domain', '// 4 run'];

/**
 * Serverless has two ways to run what its roots share, so section 4 has files of its own. The coordinator of checkouts, the one
 * app in which two contexts meet, is an event function only.
 */
const WAYS: Readonly<Record<HttpRoots, readonly string[]>> = {
  'event-functions': [...CONTEXT_NAMES, 'checkout'],
  'web-functions': CONTEXT_NAMES,
};

const sectionsIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^\/\/ \d/.test(line))
    .map((line) => sections.find((title) => line.startsWith(title)));

test.each([
  ...VARIANTS.map((app) => [app, CONTEXT_NAMES] as const),
  ...Object.entries(WAYS).map(([way, roots]) => [`serverless/${way}`, roots] as const),
])('%s has the composition roots and nothing else', (folder, roots) => {
  const files = readdirSync(join(repositoryRoot, 'apps', folder)).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(files.toSorted()).toEqual(roots.map((service) => `${service}.ts`).toSorted());
});

describe.each(VARIANTS)('%s', (app) => {
  test.each(CONTEXT_NAMES)('%s has at most 40 lines and four sections in order', (service) => {
    const text = wholeRoot(app, service);
    expect(source(app, service).trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    expect(sectionsIn(text)).toEqual(sections);
  });
});

test('the coordinator of checkouts has at most 40 lines and four sections in order', () => {
  const text = source('serverless/event-functions', 'checkout');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  expect(sectionsIn(text)).toEqual(sections);
});

test.each(CONTEXT_NAMES)(
  '%s runs as a web function without an adapter and without loops',
  (service) => {
    const text = source('serverless/web-functions', service);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(text).toContain(`import { config, service } from '../${service}.ts';`);
    expect(text).not.toMatch(/platform\/lambda|queues|relay/);
  },
);

// Few enough to compare at a glance. Images differ most, because the hybrid stores and serves renditions differently.
const atAGlance = (name: ContextName) => (name === 'images' ? 30 : 16);

describe.each<[Variant, Variant]>([
  ['microservices', 'serverless'],
  ['microservices', 'hybrid'],
  ['serverless', 'hybrid'],
])('%s and %s', (one, other) => {
  test.each(CONTEXT_NAMES)('differ in few lines of %s.ts', (service) => {
    expect(differing(wholeRoot(one, service), wholeRoot(other, service))).toBeLessThanOrEqual(
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
