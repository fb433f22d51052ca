import { chooseNames } from './choose-names.ts';
import { ASYNCAPI_FILE, EDITS, editExistingFiles } from './existing-files.ts';
import { finishService } from './finish-service.ts';
import { withVersionsOf } from './lockfile.ts';
import { readTemplates } from './templates.ts';
import { rename } from './word-forms.ts';
import { readFile, type WorkspaceTree } from './workspace-tree.ts';

interface Options {
  readonly name: string;
  /** One of the things that the context keeps; derived from the name if absent. */
  readonly entity?: string;
}

/**
 * Adds a context to the repository: `npm run new:service -- reviews`. Nx writes the tree after this function has returned, so
 * that an error changes nothing, and `--dry-run` writes nothing.
 * @returns what Nx runs after it has written the files
 * @throws Error with one sentence when the name is not possible, or a file does not look as expected
 */
export function newService(tree: WorkspaceTree, options: Options): () => void {
  const templates = readTemplates();
  const names = chooseNames(options, tree, templates);
  const created = templates.map(({ path }) => rename(path, names));
  const taken = created.find((path) => tree.exists(path));
  if (taken) throw new Error(`${taken} exists already.`);
  const before = new Map(
    [...Object.keys(EDITS), ASYNCAPI_FILE].map((path) => [path, readFile(tree, path)]),
  );
  for (const { path, text } of templates) tree.write(rename(path, names), rename(text, names));
  const manifest = `libs/${names.name}/package.json`;
  const versions = readFile(tree, 'libs/catalog/package.json');
  tree.write(manifest, withVersionsOf(readFile(tree, manifest), versions));
  editExistingFiles(tree, names);
  return () => finishService({ root: tree.root, names, created, before });
}
