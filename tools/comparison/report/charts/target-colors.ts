import type { Target } from '../../data/index.ts';

/** Returns the CSS colour of each target: one hue per variant, and a lighter shade for a second target of a variant. */
export function targetColors(targets: readonly Target[]): (target: string | undefined) => string {
  const seen = new Map<string, number>();
  const colors = new Map<string, string>();
  for (const { name, variant } of targets) {
    const earlier = seen.get(variant) ?? 0;
    seen.set(variant, earlier + 1);
    colors.set(name, `var(--${variant}${earlier === 0 ? '' : '-more'})`);
  }
  return (target) => colors.get(target ?? '') ?? 'var(--soft)';
}
