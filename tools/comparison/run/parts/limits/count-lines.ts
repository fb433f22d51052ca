/** Lines with code on them: neither empty nor only a comment. Comments begin a line, as our formatter leaves them. */
export function countCodeLines(source: string): number {
  const withoutBlocks = source.replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '');
  return withoutBlocks
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//')).length;
}
