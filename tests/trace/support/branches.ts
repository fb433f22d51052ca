/** The path from the root to each span of an outline. */
function paths(outline: readonly string[]): string[] {
  const path: string[] = [];
  return outline.map((line) => {
    const depth = (line.length - line.trimStart().length) / 2;
    path.splice(depth, path.length, line.trim());
    return path.join(' › ');
  });
}

/** The branches that `outline` has more often than `other`. */
export function branchesBeyond(outline: readonly string[], other: readonly string[]): string[] {
  const left = paths(other);
  return paths(outline).filter((path) => {
    const at = left.indexOf(path);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Whether an outline has the same line twice under one parent, which happens only if work was repeated. */
export function hasRepeats(outline: readonly string[]): boolean {
  const all = paths(outline);
  return new Set(all).size < all.length;
}
