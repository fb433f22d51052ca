import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasSampleWord } from './word-forms.ts';

const folder = join(import.meta.dirname, 'files');
const suffix = '.template';

/** A file of the sample context `gift-cards`. */
export interface Template {
  /** Path from the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** Reads all templates in `files/`, which has the same folders as the repository. */
export function readTemplates(): Template[] {
  return globSync(`**/*${suffix}`, { cwd: folder })
    .toSorted()
    .map((file) => ({
      path: file.slice(0, -suffix.length).replaceAll('\\', '/'),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

/** The identifiers that the code of every context has: those without a word of the sample, outside comments and strings. */
export function identifiersIn(templates: readonly Template[]): Set<string> {
  const code = templates
    .filter(({ path }) => path.endsWith('.ts'))
    .map(({ text }) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, ''));
  const all = code.join('\n').match(/[A-Za-z_$][\w$]*/g) ?? [];
  return new Set(all.filter((word) => !hasSampleWord(word)));
}
