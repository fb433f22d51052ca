/** Selects entries by `All`, `*`, `.*`, an exact name, or a prefix with `.*`. */
export function named<Value>(
  all: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  const selected = (name: string) =>
    names.some(
      (one) =>
        one === 'All' ||
        one === '*' ||
        one === name ||
        (one.endsWith('.*') && name.startsWith(one.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => selected(name)));
}
