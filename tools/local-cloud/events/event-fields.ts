/** The element of each list on the way to a leaf: index by the list's number. */
export type ListPositions = ReadonlyMap<number, number>;

/** A value that is neither a list nor an object. */
export interface Leaf {
  readonly value: string | number | boolean | null;
  readonly positions: ListPositions;
}

/**
 * The leaves of an event by path. A path consists of field names joined by dots, so a dot in a name
 * is the same as a step down. Lists add nothing to the path.
 * @param paths the wanted paths
 */
export function fieldsOf(event: unknown, paths: readonly string[]): Map<string, Leaf[]> {
  const fields = new Map<string, Leaf[]>();
  let lists = 0;
  const visit = (value: unknown, path: string, positions: ListPositions): void => {
    if (Array.isArray(value)) {
      const list = lists;
      lists += 1;
      value.forEach((element: unknown, index) => {
        const nested = typeof element === 'object' && element !== null;
        visit(element, path, nested ? new Map([...positions, [list, index]]) : positions);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        const inner = path === '' ? name : `${path}.${name}`;
        const wanted = paths.some((one) => one === inner || one.startsWith(`${inner}.`));
        if (wanted) visit(member, inner, positions);
      }
    } else if (value !== undefined) {
      const leaf = { value: value as Leaf['value'], positions };
      const leaves = fields.get(path);
      if (leaves) leaves.push(leaf);
      else fields.set(path, [leaf]);
    }
  };
  visit(event, '', new Map());
  return fields;
}

/** Whether one leaf can be chosen per field so that none are in different elements of a list. */
export function areConsistent(
  choices: readonly (readonly Leaf[])[],
  chosen: ListPositions = new Map(),
): boolean {
  const [first, ...others] = choices;
  if (!first) return true;
  return first.some(({ positions }) => {
    const conflicts = [...positions].some(([list, index]) => (chosen.get(list) ?? index) !== index);
    return !conflicts && areConsistent(others, new Map([...chosen, ...positions]));
  });
}
