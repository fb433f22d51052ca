/** A source file by its path from the repository's root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Lines that are neither blank nor comment alone; what is counted as code everywhere in the report. */
export function codeLines(text: string): number {
  const withoutBlocks = text.replaceAll(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '');
  return withoutBlocks.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
}

/** Relative imports of a file, as they stand in it; types alone bring no code. */
export function relativeImports(text: string): string[] {
  const imports = text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.{1,2}\/[^']+)'/gm);
  return [...imports].map(([, path = '']) => path);
}

export interface WiringLines {
  /** Composition roots: config, adapters, domain, run. */
  readonly roots: number;
  /** The variant's own description of its stacks. */
  readonly stacks: number;
  /** What that description is made of, followed through its imports. */
  readonly constructs: number;
  readonly files: readonly string[];
}

/**
 * Code that only puts parts together.
 * @param stack path of the variant's stack description
 * @param read a file's text by its path; undefined where there is none
 */
export function wiringLines(
  roots: readonly SourceFile[],
  stack: string,
  read: (path: string) => string | undefined,
): WiringLines {
  const reached = new Map<string, string>();
  follow(stack, read, reached);
  const own = reached.get(stack) ?? '';
  reached.delete(stack);
  return {
    roots: sum(roots.map(({ text }) => text)),
    stacks: codeLines(own),
    constructs: sum([...reached.values()]),
    files: [...roots.map(({ path }) => path), stack, ...reached.keys()],
  };
}

function sum(texts: readonly string[]): number {
  return texts.reduce((all, text) => all + codeLines(text), 0);
}

function follow(
  path: string,
  read: (path: string) => string | undefined,
  reached: Map<string, string>,
): void {
  const text = read(path);
  if (text === undefined || reached.has(path)) return;
  reached.set(path, text);
  for (const relative of relativeImports(text)) follow(resolve(path, relative), read, reached);
}

function resolve(from: string, relative: string): string {
  return new URL(relative, `file:///${from}`).pathname.slice(1);
}
