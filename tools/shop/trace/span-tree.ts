import type { Span } from '../order/span.ts';

/** A span and its child spans, ordered by start. */
export interface SpanNode {
  readonly span: Span;
  readonly children: SpanNode[];
}

/** Builds trees from the parent ids. A span whose parent was not recorded, such as the client's, is a root. */
export function spanTree(spans: readonly Span[]): SpanNode[] {
  const nodes = new Map(spans.map((span) => [span.spanId, { span, children: [] as SpanNode[] }]));
  const roots: SpanNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.span.parentId ? nodes.get(node.span.parentId) : undefined;
    (parent && parent !== node ? parent.children : roots).push(node);
  }
  const byStart = (a: SpanNode, b: SpanNode) => a.span.startMs - b.span.startMs;
  for (const { children } of nodes.values()) children.sort(byStart);
  return roots.sort(byStart);
}

/**
 * Renders a tree as indented lines of `service name`, without ids, times, processes and transports. The result is the same
 * wherever the shop runs. Siblings are sorted by name, because their order in time varies.
 */
export function treeOutline(roots: readonly SpanNode[], depth = 0): string[] {
  return roots
    .map(({ span, children }) => [
      `${'  '.repeat(depth)}${span.service} ${span.name}`,
      ...treeOutline(children, depth + 1),
    ])
    .sort((a, b) => a.join('\n').localeCompare(b.join('\n')))
    .flat();
}
