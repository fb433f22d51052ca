/** The dependencies of each node. Names that are not nodes count as done. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Sorts the nodes so that each comes after its dependencies. Otherwise keeps their order.
 * @throws Error that lists the nodes of a cycle
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
 * Runs `work` for every node as soon as its dependencies are done. Independent nodes run in
 * parallel.
 * @returns the promise of each node. Dependents of a failed node reject with the same error
 * @throws Error that lists the nodes of a cycle
 */
export function runGraph(
  graph: Graph,
  work: (node: string) => Promise<void>,
): Map<string, Promise<void>> {
  const running = new Map<string, Promise<void>>();
  for (const node of inOrder(graph)) {
    const needed = [...(graph.get(node) ?? [])].map((one) => running.get(one));
    const result = Promise.all(needed).then(() => work(node));
    // The caller awaits the results later. Until then a failure must not count as unhandled.
    result.catch(() => {});
    running.set(node, result);
  }
  return running;
}
