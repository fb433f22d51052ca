/** A source file with its path relative to the repository root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Counts lines that are neither blank nor only a comment. The report counts all code this way. */
export function codeLines(text: string): number {
  const withoutBlocks = text.replaceAll(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '');
  return withoutBlocks.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
}

/** The relative imports of a file, without type imports. */
export function relativeImports(text: string): string[] {
  const imports = text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.{1,2}\/[^']+)'/gm);
  return [...imports].map(([, path = '']) => path);
}

export interface WiringLines {
  /** Lines in the composition roots. */
  readonly roots: number;
  /** Lines in the variant's stack description. */
  readonly stacks: number;
  /** Lines in the files that the stack description imports, directly or indirectly. */
  readonly constructs: number;
  readonly files: readonly string[];
}

/**
 * Counts the wiring code of a variant.
 * @param stack path of the variant's stack description
 * @param read returns the text of a file, or undefined if there is none
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
