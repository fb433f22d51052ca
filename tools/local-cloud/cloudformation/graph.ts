/** What each node needs before it, by node. Names that are no nodes count as there already. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Nodes so that each comes after what it needs; otherwise in the order given.
 * @throws Error that spells out a cycle
 */
export function inOrder(graph: Graph): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (node: string, path: readonly string[]): void => {
    if (state.get(node) === 'done' || !graph.has(node)) return;
    if (state.get(node) === 'open') {
      const cycle = [...path.slice(path.indexOf(node)), node];
      throw new Error(`Circular dependency: ${cycle.join(' → ')}`);
    }
    state.set(node, 'open');
    for (const needed of graph.get(node) ?? []) visit(needed, [...path, node]);
    state.set(node, 'done');
    order.push(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return order;
}

/**
 * Does `work` for every node, each as soon as those it needs are done, independent ones side by side.
 * @returns for each node the promise of its work; after a failure, those that need the node fail with the same error
 */
export function runGraph(
  graph: Graph,
  work: (node: string) => Promise<void>,
): Map<string, Promise<void>> {
  const running = new Map<string, Promise<void>>();
  for (const node of inOrder(graph)) {
    const needed = [...(graph.get(node) ?? [])].map((one) => running.get(one));
    const result = Promise.all(needed).then(() => work(node));
    // Whoever runs the graph awaits the results; until then a failure is not "unhandled".
    result.catch(() => {});
    running.set(node, result);
  }
  return running;
}
