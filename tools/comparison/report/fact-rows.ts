import type { Fact, Target } from '../data/index.ts';

/** The facts of one subject, as text of some format. */
export interface FactRow {
  readonly subject: string;
  /** Of no single target; empty where there is nothing. */
  readonly general: string;
  /** What is the same of all targets, to be told once; empty where they differ. */
  readonly alike: string;
  /** Where they differ: a cell per target. */
  readonly own: readonly string[];
}

/** Facts side by side, a row per subject in the order in which subjects first come; `told` writes some of them as text. */
export function factRows(
  facts: readonly Fact[],
  targets: readonly Target[],
  told: (some: readonly Fact[]) => string,
): FactRow[] {
  return [...Map.groupBy(facts, ({ subject }) => subject)].map(([subject, same]) => {
    const of = (name: string | undefined) => told(same.filter(({ target }) => target === name));
    const cells = targets.map(({ name }) => of(name));
    const [first = '', ...others] = cells;
    const alike = others.length > 0 && others.every((cell) => cell === first) ? first : '';
    const own = alike === '' && cells.some((cell) => cell !== '') ? cells : [];
    return { subject, general: of(undefined), alike, own };
  });
}
