/** A line of an outline with those above it: the way from the root to a span. */
function paths(outline: readonly string[]): string[] {
  const way: string[] = [];
  return outline.map((line) => {
    const depth = (line.length - line.trimStart().length) / 2;
    way.splice(depth, way.length, line.trim());
    return way.join(' › ');
  });
}

/** The branches that one outline has oftener than the other, for a message that a reader can act on. */
export function branchesBeyond(outline: readonly string[], other: readonly string[]): string[] {
  const left = paths(other);
  return paths(outline).filter((path) => {
    const at = left.indexOf(path);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Whether something of an outline is there twice in the same place: in an order's story that nothing disturbs it is not. */
export function hasRepeats(outline: readonly string[]): boolean {
  const all = paths(outline);
  return new Set(all).size < all.length;
}
