import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { describe, expect, it } from 'vitest';
import { ASYNCAPI_FILE, EDITS } from './existing-files.ts';
import { newService } from './generator.ts';
import type { WorkspaceTree } from './workspace-tree.ts';

const MAX_EXISTING_FILES = 8;

/** The repository with changes in memory, as Nx keeps them until the generator returns. */
function repositoryTree(changed: Record<string, string> = {}) {
  const written = new Map(Object.entries(changed));
  const onDisk = (path: string) => join(repositoryRoot, path);
  const tree: WorkspaceTree = {
    root: repositoryRoot,
    exists: (path) => written.has(path) || existsSync(onDisk(path)),
    read: (path) => {
      if (written.has(path)) return written.get(path) ?? '';
      return existsSync(onDisk(path)) ? readFileSync(onDisk(path), 'utf8') : null;
    },
    write: (path, content) => void written.set(path, content),
    children: (folder) => readdirSync(onDisk(folder)),
  };
  return { tree, written };
}

/** A name that no context of a real shop has. */
const name = 'zebra-crossings';

describe('a new service', () => {
  const { tree, written } = repositoryTree();
  newService(tree, { name });
  const paths = [...written.keys()];
  const isNew = (path: string) => !existsSync(join(repositoryRoot, path));

  it('has four layers, a root per variant, an event and tests', () => {
    expect(paths.filter(isNew)).toEqual(
      expect.arrayContaining([
        'libs/zebra-crossings/core/create-zebra-crossing.ts',
        'libs/zebra-crossings/http/zebra-crossing-routes.ts',
        'libs/zebra-crossings/messages/zebra-crossing-messages.ts',
        'libs/zebra-crossings/adapters/dynamo-zebra-crossings.ts',
        'libs/zebra-crossings/adapters/dynamo-zebra-crossings.contract.test.ts',
        'libs/events/zebra-crossings.ts',
        'apps/microservices/zebra-crossings.ts',
        'apps/serverless/event-functions/zebra-crossings.ts',
        'apps/serverless/web-functions/zebra-crossings.ts',
        'apps/serverless/zebra-crossings.ts',
        'apps/hybrid/zebra-crossings.ts',
        'tests/conformance/zebra-crossings.test.ts',
      ]),
    );
  });

  it('has no word of the sample context that the templates describe', () => {
    const left = [...written].filter(([path, text]) => /gift.?card/i.test(path + text));
    expect(left.map(([path]) => path)).toEqual([]);
  });

  it('changes at most eight existing files', () => {
    const existing = paths.filter((path) => !isNew(path));
    expect(existing.toSorted()).toEqual(Object.keys(EDITS).toSorted());
    expect(existing.length + 1).toBeLessThanOrEqual(MAX_EXISTING_FILES);
  });

  it('is described by docs/add-a-service.md, which names exactly these files', () => {
    const guide = readFileSync(join(repositoryRoot, 'docs/add-a-service.md'), 'utf8');
    const [, fromTable = ''] = guide.split('| existing file | what to write |');
    const [table = ''] = fromTable.split('\n\n', 1);
    const named = [...table.matchAll(/^\| `([^`]+)` \|/gm)];
    expect(named.map(([, path]) => path).toSorted()).toEqual(
      [...Object.keys(EDITS), ASYNCAPI_FILE].toSorted(),
    );
  });

  it('uses the versions of the other libraries', () => {
    const manifest = JSON.parse(written.get(`libs/${name}/package.json`) ?? '');
    const catalog = JSON.parse(tree.read('libs/catalog/package.json', 'utf-8') ?? '');
    expect(manifest.dependencies.typebox).toBe(catalog.dependencies.typebox);
  });

  it('is locked as npm would lock it, and nothing else moves', () => {
    const before = readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8');
    const after = written.get('package-lock.json') ?? '';
    const added = after.split('\n').filter((line) => line.includes('zebra'));
    expect(added).toHaveLength(7);
    expect(after.length - before.length).toBeLessThan(1000);
    const keys = Object.keys(JSON.parse(after).packages);
    const others = keys.filter((key) => !key.includes('zebra'));
    expect(others).toEqual(Object.keys(JSON.parse(before).packages));
    expect(keys).toContain(`node_modules/@triptych/${name}`);
  });
});

it.each([
  ['offers', 'libs/offers/core/offer.ts', 'no offer has this id'],
  ['offers', 'libs/offers/core/create-offer.ts', 'Creates a pending offer.'],
  ['offers', 'libs/offers/core/create-offer.ts', "'An offer with this id already exists.'"],
  ['stories', 'libs/stories/core/create-story.ts', 'createStory(deps: Deps, command: CreateStory)'],
  ['shipping', 'libs/shipping/core/shipping-item.ts', 'export interface ShippingItem {'],
])('%s is written in words that fit: %s', (other, path, words) => {
  const { tree, written } = repositoryTree();
  newService(tree, { name: other });
  expect(written.get(path)).toContain(words);
});

it('a context can have the name of the sample', () => {
  const { tree, written } = repositoryTree();
  newService(tree, { name: 'gift-cards' });
  expect(written.get('libs/gift-cards/core/create-gift-card.ts')).toContain('createGiftCard');
});

it('the things of a context may have another name', () => {
  const { tree, written } = repositoryTree();
  newService(tree, { name: 'shipping', entity: 'parcel' });
  expect(written.get('libs/shipping/core/create-parcel.ts')).toContain('createParcel');
  expect(written.get('libs/events/shipping.ts')).toContain("type: 'parcel.created'");
});

it.each([
  ['catalog', /^There is a context "catalog" already\.$/],
  ['orders', /^libs\/events\/orders\.ts exists already\.$/],
  ['events', /^"events" names another part of the repository/],
  ['deadlines', /^"deadlines" names another part/],
  ['Reviews', /^"Reviews" is not in kebab-case/],
  ['my_reviews', /is not in kebab-case/],
  ['../reviews', /is not in kebab-case/],
  ['a-name-that-is-far-too-long-for-aws', /^"a-name.*" has more than 24 characters\.$/],
  ['class', /^"class" has a meaning in the code of a context/],
  ['relay', /^"relay" has a meaning in the code of a context/],
])('the name %s is rejected in one line, and nothing is written', (bad, reason) => {
  const { tree, written } = repositoryTree();
  const generate = () => newService(tree, { name: bad });
  expect(generate).toThrow(reason);
  expect(generate).toThrow(/^[^\n]*$/);
  expect(written.size).toBe(0);
});

it('a file that does not look as expected is named', () => {
  const { tree } = repositoryTree({ 'docker-compose.yml': 'services: {}\n' });
  expect(() => newService(tree, { name })).toThrow(
    'docker-compose.yml cannot be changed: it has no container of microservices.',
  );
});
