import type { Fact, Target } from '../data/index.ts';

/** The facts about one subject, as formatted text. */
export interface FactRow {
  readonly subject: string;
  /** Facts that belong to no target; empty if there are none. */
  readonly general: string;
  /** The text that all targets share; empty if they differ. */
  readonly alike: string;
  /** One cell per target; empty if all targets share the text. */
  readonly own: readonly string[];
}

/**
 * Arranges facts in one row per subject, in order of first appearance.
 * @param format writes the facts of one cell as text
 */
export function factRows(
  facts: readonly Fact[],
  targets: readonly Target[],
  format: (some: readonly Fact[]) => string,
): FactRow[] {
  return [...Map.groupBy(facts, ({ subject }) => subject)].map(([subject, same]) => {
    const of = (name: string | undefined) => format(same.filter(({ target }) => target === name));
    const cells = targets.map(({ name }) => of(name));
    const [first = '', ...others] = cells;
    const alike = others.length > 0 && others.every((cell) => cell === first) ? first : '';
    const own = alike === '' && cells.some((cell) => cell !== '') ? cells : [];
    return { subject, general: of(undefined), alike, own };
  });
}
