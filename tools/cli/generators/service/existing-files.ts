import { VARIANTS } from '@triptych/context-map';
import { lockLibrary } from './lockfile.ts';
import { formsOf, rename, type ServiceNames } from './word-forms.ts';
import { readFile, type WorkspaceTree } from './workspace-tree.ts';

/** @param manifest text of the new library's package.json */
type Edit = (text: string, names: ServiceNames, manifest: string) => string;

/**
 * The existing files that a new context changes, and how. `docs/asyncapi.json` is the eighth: `npm run asyncapi` writes it. A
 * test compares them with docs/add-a-service.md.
 */
export const EDITS: Readonly<Record<string, Edit>> = {
  'libs/context-map/contexts.ts': (text, { name }) =>
    insertBefore(
      text,
      '} as const satisfies Readonly<Record<string, ContextTraits>>;',
      `  '${name}': { table: true, queue: true, stream: true, hybrid: 'container' },\n`,
    ),
  'libs/events/registry.ts': registerEvent,
  ...Object.fromEntries(
    VARIANTS.map((variant) => [`apps/${variant}/package.json`, dependOnContext] as const),
  ),
  'docker-compose.yml': addContainers,
  'package-lock.json': lockLibrary,
};
export const ASYNCAPI_FILE = 'docs/asyncapi.json';

/** Makes all edits in the tree. @throws Error that names the file that does not look as expected */
export function editExistingFiles(tree: WorkspaceTree, names: ServiceNames): void {
  const manifest = readFile(tree, `libs/${names.name}/package.json`);
  for (const [path, edit] of Object.entries(EDITS)) {
    try {
      tree.write(path, edit(readFile(tree, path), names, manifest));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${path} cannot be changed: ${reason}`, { cause: error });
    }
  }
}

function registerEvent(text: string, { name, entity }: ServiceNames): string {
  const created = `${formsOf(entity).pascal}Created`;
  const [first = ''] = /^export \* from .*$/m.exec(text) ?? [];
  const withModule = insertBefore(text, first, `export * from './${name}.ts';\n`);
  const [firstImport = ''] = /^import \{/m.exec(withModule) ?? [];
  const imported = insertBefore(
    withModule,
    firstImport,
    `import { ${created} } from './${name}.ts';\n`,
  );
  const defined = insertAtEndOf(
    imported,
    'export const EVENT_DEFINITIONS = {',
    `  '${entity}.created': ${created},\n`,
  );
  return insertAtEndOf(
    defined,
    'export const SUBSCRIPTIONS = {',
    `  '${name}': ['${entity}.created'],\n`,
  );
}

function dependOnContext(text: string, { name }: ServiceNames): string {
  const manifest = JSON.parse(text) as { dependencies: Record<string, string> };
  const { dependencies } = manifest;
  const version = dependencies['@triptych/platform'];
  if (version === undefined) throw new Error('it does not depend on @triptych/platform.');
  const entries = Object.entries({ ...dependencies, [`@triptych/${name}`]: version });
  manifest.dependencies = Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Adds a container per variant that runs the core in containers, after the last one of that variant. */
function addContainers(text: string, names: ServiceNames): string {
  return ['microservices', 'hybrid'].reduce((compose, variant) => {
    const blocks = [
      ...compose.matchAll(new RegExp(`^  ${variant}-[\\w-]+:\\n(?: {4}.*\\n)+`, 'gm')),
    ];
    const last = blocks.at(-1);
    if (!last) throw new Error(`it has no container of ${variant}.`);
    const end = last.index + last[0].length;
    return `${compose.slice(0, end)}\n${container(variant, names)}${compose.slice(end)}`;
  }, text);
}

/** The container of a service with the size of a plain one (infra/constructs/limits.ts). */
function container(variant: string, names: ServiceNames): string {
  const lines = [
    `  ${variant}-gift-cards:`,
    '    <<: *service',
    `    build: { <<: *build, target: service, args: { <<: *build-args, ARTIFACT: ${variant}/gift-cards } }`,
    '    command:',
    '      - node',
    '      - --permission',
    '      - --allow-fs-read=/app',
    `      - --allow-fs-read=/run/triptych/${variant}/gift-cards.env`,
    '      - start.mjs',
    `    environment: { SERVICE_NAME: gift-cards, SETTINGS_FILE: /run/triptych/${variant}/gift-cards.env }`,
    `    networks: [${variant}]`,
    '    mem_limit: 512m',
    '    cpus: 0.25',
  ];
  return rename(`${lines.join('\n')}\n`, names);
}

function insertBefore(text: string, anchor: string, inserted: string): string {
  const at = anchor === '' ? -1 : text.indexOf(anchor);
  if (at < 0) throw new Error(`it has no line "${anchor}".`);
  return text.slice(0, at) + inserted + text.slice(at);
}

/** Inserts before the brace that closes the object which begins with this line. */
function insertAtEndOf(text: string, firstLine: string, inserted: string): string {
  const start = text.indexOf(firstLine);
  const end = start < 0 ? -1 : text.indexOf('\n}', start);
  if (end < 0) throw new Error(`it has no line "${firstLine}".`);
  return text.slice(0, end + 1) + inserted + text.slice(end + 1);
}
