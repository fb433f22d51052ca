/** Counts the lines that are neither empty nor only a comment. Assumes that block comments start on their own line, as the formatter ensures. */
export function countCodeLines(source: string): number {
  const withoutBlocks = source.replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '');
  return withoutBlocks
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//')).length;
}
